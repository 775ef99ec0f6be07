import type { Server } from "node:http"
import { NexusError } from "@nexus/protocol"

/** Opens the port (0: a free one) and gives the address it is reached at. Throws `unavailable` when it cannot be had. */
export function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(refused(host, port, cause)))
    server.listen(port, host, () => {
      const address = server.address()
      const bound = typeof address === "object" && address ? address.port : port
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${bound}`)
    })
  })
}

function refused(host: string, port: number, cause: NodeJS.ErrnoException): NexusError {
  const unavailable = (what: string, detail: string) => new NexusError({ code: "unavailable", what, detail }, { cause })
  switch (cause.code) {
    case "EADDRINUSE":
      return unavailable(
        `Port ${port}`,
        `another program on ${host} listens on it. Stop that one, or choose another port.`,
      )
    case "EACCES":
      return unavailable(`Port ${port}`, "this user may not listen on it. Choose one above 1023.")
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return unavailable(
        `The address ${host}`,
        "this machine does not have it. 127.0.0.1 is this machine alone, 0.0.0.0 all its addresses.",
      )
    default:
      return unavailable(`Port ${port} on ${host}`, cause.message)
  }
}
