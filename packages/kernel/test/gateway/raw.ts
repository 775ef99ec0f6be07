import { connect } from "node:net"

export interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends bytes as they are and reads until the other side hangs up or has answered once. */
export function raw(url: string, text: string, more: { readonly waitMs?: number } = {}): Promise<RawAnswer> {
  const { port, hostname } = new URL(url)
  return new Promise((resolve, reject) => {
    const line = connect(Number(port), hostname)
    let heard = ""
    const done = () => {
      clearTimeout(timer)
      line.destroy()
      const [head = "", ...rest] = heard.split("\r\n\r\n")
      resolve({ status: Number(/^HTTP\/1.1 (\d+)/.exec(head)?.[1] ?? 0), head, body: rest.join("\r\n\r\n") })
    }
    const timer = setTimeout(done, more.waitMs ?? 5000)
    line.on("data", (chunk) => {
      heard += chunk.toString("latin1")
    })
    line.on("end", done)
    line.on("error", (error) => (heard ? done() : reject(error)))
    line.write(text, "latin1")
  })
}
