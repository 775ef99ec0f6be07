import { describe, expect, it } from "vitest"
import { readEvents, type StreamEvent } from "../../src/assistant/event-stream.ts"

async function eventsOf(chunks: readonly (string | Uint8Array)[]): Promise<StreamEvent[]> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === "string" ? encoder.encode(chunk) : chunk)
      controller.close()
    },
  })
  const events: StreamEvent[] = []
  for await (const event of readEvents(body)) events.push(event)
  return events
}

const stream = 'event: text\ndata: {"delta":"Zażółć"}\n\n: keep-alive\n\nevent: done\ndata: {}\n\n'
const whole = [
  { event: "text", data: '{"delta":"Zażółć"}' },
  { event: "done", data: "{}" },
]

describe("server-sent events", () => {
  it("are read with comments passed over", async () => {
    expect(await eventsOf([stream])).toEqual(whole)
  })

  it("read the same however the bytes are cut", async () => {
    const bytes = new TextEncoder().encode(stream)
    for (let size = 1; size < 12; size += 1) {
      const chunks: Uint8Array[] = []
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.slice(at, at + size))
      expect(await eventsOf(chunks), `chunks of ${size}`).toEqual(whole)
    }
  })

  it("several data lines are one text, and an event without an end still counts", async () => {
    expect(await eventsOf(["data: a\ndata: b"])).toEqual([{ event: "message", data: "a\nb" }])
  })
})
