import { createHandlersHere } from "@nexus/reactor"
import type { HandlersHere } from "@nexus/reactor/client"
import { createBrowserSandbox } from "@nexus/wasm-bridge/browser"
import { scriptUrl } from "../script-url.ts"

/** One worker is enough for one person; a run that does not stop is ended with it, and another one started. */
export async function startHandlers(): Promise<HandlersHere> {
  return createHandlersHere(await createBrowserSandbox({ workers: 1, instances: 1, scriptUrl }))
}
