import type { Server } from "node:http"

/**
 * The end of a server that loses nobody: no new line is taken, lines that nothing goes on in are closed, and what was
 * asked is still answered, each with word that the line ends. Whoever is not done in time is left to what comes after.
 */
export interface Drain {
  /** Resolves when nothing is being answered any more, or when the time is over. */
  finish(withinMs: number): Promise<void>
}

const LOOK_MS = 10

export function createDrain(server: Server): Drain {
  let answering = 0
  let ending = false
  server.prependListener("request", (_request, response) => {
    answering += 1
    if (ending) response.setHeader("Connection", "close")
    response.once("close", () => {
      answering -= 1
    })
  })
  return {
    async finish(withinMs) {
      ending = true
      server.close()
      const until = performance.now() + withinMs
      while (answering > 0 && performance.now() < until) {
        server.closeIdleConnections()
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      }
      server.closeIdleConnections()
    },
  }
}
