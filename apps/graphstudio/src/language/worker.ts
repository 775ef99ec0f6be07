import "../no-eval.ts"
import { createAnswerer } from "./answerer.ts"
import type { FromWorker, ToWorker } from "./messages.ts"

/** The worker's edge: everything that reads NXML for the editor happens here, off the page's thread. */
interface WorkerScope {
  postMessage(message: FromWorker): void
  onmessage: ((event: { readonly data: ToWorker }) => void) | null
}

const scope = globalThis as unknown as WorkerScope
const hear = createAnswerer({
  post: (message) => scope.postMessage(message),
  later: (work) => setTimeout(work),
})
scope.onmessage = ({ data }) => hear(data)
