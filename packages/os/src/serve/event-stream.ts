import { once } from "node:events"
import type { ServerResponse } from "node:http"
import type { AssistantEvent } from "@nexus/protocol"

/** Server-sent events to one client. `send` waits when the client reads slowly, so an answer is never buffered whole. */
export interface EventStream {
  send(event: AssistantEvent): Promise<void>
  close(): void
}

/** Proxies close connections that are silent for a minute. */
const KEEP_ALIVE_MS = 15_000

export function openEventStream(res: ServerResponse, signal: AbortSignal): EventStream {
  res.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
  })
  res.flushHeaders()
  const beat = setInterval(() => res.write(": still here\n\n"), KEEP_ALIVE_MS)
  signal.addEventListener("abort", () => clearInterval(beat))
  return {
    async send({ kind, ...data }) {
      if (res.destroyed) return
      const more = res.write(`event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`)
      if (!more && !signal.aborted) await once(res, "drain", { signal })
    },
    close() {
      clearInterval(beat)
      res.end()
    },
  }
}
