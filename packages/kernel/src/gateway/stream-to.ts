import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Response } from "express"

/** Counting, tracing, draining, compressing and the pipeline itself each listen for the end of one response. */
const LISTENERS = 20

/** Sends what is read as it is read. Whoever asked may leave meanwhile; nobody is then there to be told of it. */
export async function streamTo(response: Response, bytes: Readable): Promise<void> {
  response.setMaxListeners(LISTENERS)
  await pipeline(bytes, response).catch((error: unknown) => {
    if (!response.destroyed) throw error
  })
}
