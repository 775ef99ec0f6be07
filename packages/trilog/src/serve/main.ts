import { createServer } from "node:http"
import { type Engine, openEngine } from "./engine.ts"
import { httpFace } from "./http-face.ts"

/**
 * The chDB process. It is told where to keep data and where to listen by its parent's first message, answers `ready`
 * or `failed`, and ends when the parent does: the channel between them closes, whatever way the parent died.
 */
export interface Orders {
  readonly directory: string
  readonly socketPath: string
  readonly password: string
}

export type Report = { readonly kind: "ready" } | { readonly kind: "failed"; readonly reason: string }

let engine: Engine | undefined

process.once("message", (orders: Orders) => {
  serve(orders).then(
    () => report({ kind: "ready" }),
    (error: unknown) => {
      report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) })
      end()
    },
  )
})
process.once("disconnect", end)
process.on("SIGINT", () => {})
process.on("SIGTERM", () => {})

async function serve({ directory, socketPath, password }: Orders): Promise<void> {
  engine = await openEngine(directory)
  const server = createServer(httpFace(engine, password))
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socketPath, resolve))
}

function report(message: Report): void {
  process.send?.(message)
}

/** Closing writes what the engine holds; an engine that hangs in it is ended by the timer. */
function end(): void {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 800)
  engine?.close()
  process.exit(0)
}
