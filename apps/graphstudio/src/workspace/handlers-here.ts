import type { HandlersHere } from "@nexus/reactor/client"

/** By then the panels are there: the sandbox is a third of a megabyte, and nobody has pressed anything yet. */
const AFTER_MS = 1500
/** A page that is never idle prepares all the same. */
const LATEST_MS = 2000

let loading: Promise<HandlersHere> | undefined

/** Fetches and starts the sandbox of this page: once the line is gone, it could not be fetched any more. */
function load(): Promise<HandlersHere> {
  loading ??= import("./start-handlers.ts").then(({ startHandlers }) => startHandlers())
  loading.catch(() => {
    loading = undefined
  })
  return loading
}

/** Handlers on a sandbox of this page, which is loaded when the first is run. */
export const handlersHere: HandlersHere = { run: async (request) => (await load()).run(request) }

/** Loads it while there is nothing else to do. A page that cannot have one, as over plain HTTP, lets handlers wait. */
export function prepareHandlers(): void {
  const prepare = () => void load().catch(() => {})
  setTimeout(() => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(prepare, { timeout: LATEST_MS })
    else prepare()
  }, AFTER_MS)
}
