import { createBrowserSandbox, type Sandbox } from "../../../src/browser/index.ts"
import probeUrl from "./sandbox-worker-probe.ts?worker&url"

/** The page of the contract: sandboxes by number, for the test to call from outside. */
const sandboxes: Sandbox[] = []

const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
const bytesOf = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

function at(index: number): Sandbox {
  const sandbox = sandboxes[index]
  if (!sandbox) throw new Error(`there is no sandbox ${index}`)
  return sandbox
}

const calls = {
  create: async (workers: number) => sandboxes.push(await createBrowserSandbox({ workers })) - 1,
  async run(index: number, request: Parameters<Sandbox["run"]>[0]) {
    return { outcome: await at(index).run(request), metrics: at(index).metrics() }
  },
  async resume(
    index: number,
    request: Parameters<Sandbox["resume"]>[0],
    from: { readonly bytes: string; readonly key: string } | null | undefined,
  ) {
    const kept = from ? { bytes: bytesOf(from.bytes), key: bytesOf(from.key) } : undefined
    return { outcome: await at(index).resume(request, kept), metrics: at(index).metrics() }
  },
  async suspend(index: number, id: string, key: string) {
    const suspended = await at(index).suspend(id, bytesOf(key))
    return suspended.ok ? { ok: true as const, bytes: base64(suspended.bytes) } : suspended
  },
  discard: (index: number, id: string) => at(index).discard(id),
  metrics: (index: number) => at(index).metrics(),
  close: (index: number) => at(index).close(),
  /** What a worker under the sandbox's policy could do, and has left. */
  probe: () =>
    new Promise<{ policy: Record<string, string>; left: string[] }>((resolve, reject) => {
      const worker = new Worker(probeUrl, { type: "module" })
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
    }),
  /** Whether the page itself may compile WebAssembly: eight bytes are the smallest module. */
  compiles() {
    try {
      return new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) instanceof WebAssembly.Module
    } catch {
      return false
    }
  },
}
export type PageCalls = typeof calls
Object.assign(globalThis, { sandboxCalls: calls })
