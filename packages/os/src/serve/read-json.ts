import type { IncomingMessage } from "node:http"
import { NexusError } from "@nexus/protocol"

/** The body as JSON. Throws `too-large` as soon as more than `limit` bytes have come, and `invalid-input`. */
export async function readJson(req: IncomingMessage, limit: number): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  // The socket must outlive a refusal, to carry it.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > limit) throw new NexusError({ code: "too-large", what: "question", limit, unit: "bytes" })
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"))
  } catch {
    throw new NexusError({ code: "invalid-input", detail: "The body is not JSON." })
  }
}
