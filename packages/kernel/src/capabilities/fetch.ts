import type { Capability } from "@nexus/protocol"
import type { HostContext, Methods } from "./host-context.ts"
import { fetchUrl } from "./http.ts"

/** `nexus.http`. */
export const http: Methods = {
  fetch: (args, context) => {
    const { workspace, panelCalls, signal } = context
    const allow = (url: URL) => allowUrl(url, context)
    return fetchUrl(context.http, args, { workspace, panel: panelCalls.self, allow, signal })
  },
}

/** The kernel's own example data also goes by its path, which does not change with the port. */
function allowUrl(url: URL, { allow, http }: HostContext): void {
  const whole: Capability = { type: "http", scope: url.href }
  const path: Capability = { type: "http", scope: url.pathname + url.search }
  if (http.isOwn(url)) allow(path, whole)
  else allow(whole)
}
