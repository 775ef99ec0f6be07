import type { Server } from "node:http"

/** Opens the port (0: a free one) and gives the address it is reached at. */
export function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, () => {
      const address = server.address()
      const bound = typeof address === "object" && address ? address.port : port
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${bound}`)
    })
  })
}
