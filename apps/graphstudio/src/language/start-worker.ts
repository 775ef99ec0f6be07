import type { LanguagePort } from "./client.ts"
import type { FromWorker } from "./messages.ts"
import workerUrl from "./worker.ts?worker&url"

/** The part of Trusted Types that is used here; TypeScript's own DOM does not know it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** The page allows one policy, and this is all it lets through: the one worker that was built with it. */
const policy = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("nexus", {
  createScriptURL(url) {
    if (url !== workerUrl) throw new TypeError(`${url} is no worker of this page`)
    return url
  },
})

/** A language worker of its own. */
export function startLanguageWorker(): LanguagePort {
  const worker = new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: "module", name: "language" })
  return {
    postMessage: (message) => worker.postMessage(message),
    listen(hear, ended) {
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data)
      worker.onerror = ended
    },
    close: () => worker.terminate(),
  }
}
