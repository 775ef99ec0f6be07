import { NexusError } from "@nexus/protocol"
import engineUrl from "quickjs-wasi/quickjs.wasm?url"
import { Pool } from "../pool.ts"
import type { Sandbox } from "../sandbox.ts"
import sandboxWorkerUrl from "./sandbox-worker.ts?worker&url"
import { WorkerRunner } from "./worker-runner.ts"

export { sandboxWorkerUrl }

export interface BrowserSandboxOptions {
  /** Workers; each runs one handler at a time. Default 2. */
  readonly workers?: number
  /** Idle instances each worker keeps ready. Default 2. */
  readonly instances?: number
  /** What the page's Trusted Types make of `sandboxWorkerUrl`. */
  readonly scriptUrl?: (url: string) => string
  readonly log?: (line: string) => void
}

/**
 * The sandbox in a page: the same runs, in dedicated workers whose own policy forbids them every address. Answers when
 * they take runs. Throws `unavailable` where the browser gives this page no WebCrypto, which it does over HTTPS and on
 * the machine itself.
 */
export async function createBrowserSandbox(options: BrowserSandboxOptions = {}): Promise<Sandbox> {
  const { workers = 2, instances = 2, scriptUrl = (url) => url, log = () => {} } = options
  if (!globalThis.isSecureContext) throw unavailable("the browser runs them over HTTPS only.")
  const response = await fetch(engineUrl)
  if (!response.ok) throw unavailable(`${engineUrl} answers ${response.status}.`)
  const engine = new Uint8Array(await response.arrayBuffer())
  const start = () => new Worker(scriptUrl(sandboxWorkerUrl), { type: "module", name: "sandbox" })
  const pool = new Pool({
    size: { least: workers, most: workers },
    hasRoom: () => false,
    log,
    start: (events) => new WorkerRunner({ start, engine, instances }, events),
  })
  await pool.ready()
  return pool
}

function unavailable(detail: string): NexusError {
  return new NexusError({ code: "unavailable", what: "The sandbox of this page", detail })
}
