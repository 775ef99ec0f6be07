/** One server-sent event. */
export interface StreamEvent {
  readonly event: string
  readonly data: string
}

/** Server-sent events as they arrive, by the rules of the HTML standard; comments and ids are passed over. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ""
  let event = "message"
  let data: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true })
      const lines = rest.split(/\r\n|\n|\r/)
      // A chunk may end between "\r" and "\n", so the last line is never whole.
      rest = lines.pop() ?? ""
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { event, data: data.join("\n") }
          event = "message"
          data = []
          continue
        }
        const colon = line.indexOf(":")
        const field = colon < 0 ? line : line.slice(0, colon)
        const text = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "")
        if (field === "event") event = text
        else if (field === "data") data.push(text)
      }
      if (done) return
    }
  } finally {
    reader.releaseLock()
  }
}
