import { scriptUrl } from "../script-url.ts"
import type { LanguagePort } from "./client.ts"
import type { FromWorker } from "./messages.ts"
import workerUrl from "./worker.ts?worker&url"

/** A language worker of its own. */
export function startLanguageWorker(): LanguagePort {
  const worker = new Worker(scriptUrl(workerUrl), { type: "module", name: "language" })
  return {
    postMessage: (message) => worker.postMessage(message),
    listen(hear, ended) {
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data)
      worker.onerror = ended
    },
    close: () => worker.terminate(),
  }
}
