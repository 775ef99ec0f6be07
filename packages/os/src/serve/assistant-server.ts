import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { type AssistantOptions, createAssistant } from "./assistant.ts"

/** The assistant as a process of its own, for clusters that scale it apart from the kernel. */
export interface AssistantServer {
  readonly url: string
  /** Ends the answers under way and stops listening. */
  close(): Promise<void>
}

export interface AssistantServerOptions extends AssistantOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
}

/** Serves `/api/v1/ai/complete` and `/healthz`. */
export async function createAssistantServer(options: AssistantServerOptions): Promise<AssistantServer> {
  const assistant = createAssistant(options)
  const server = createServer((req, res) => {
    if (req.url === "/healthz") {
      res.writeHead(200, { "content-type": "application/json" })
      res.end('{"status":"ok"}')
      return
    }
    assistant.handle(req, res)
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        assistant.close()
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}
