import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { decodeServerMessage, encodeMessage, type Operation, PROTOCOL_VERSION } from "@nexus/protocol"
import { createConnection, type WorkspaceMirror } from "@nexus/reactor/client"

/** A bare kernel in a process of its own, on a fresh folder, and mirrors of its first workspace. */
export interface KernelProcess {
  /** Where sockets are opened, and whose token opens them. */
  readonly stream: string
  readonly token: string
  open(): Promise<WorkspaceMirror>
  /** A socket without a mirror, for more changes than a person makes: `submit` resolves when they are accepted. */
  submitter(): Promise<Submitter>
  /** Asks over HTTP, about the first workspace; throws when it is refused. */
  post(path: string, body: object): Promise<unknown>
  close(): Promise<void>
}

export interface Submitter {
  submit(operations: Operation[]): Promise<void>
}

export const WORKSPACE = "home"

export async function startKernel(): Promise<KernelProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), "nexus-bench-"))
  const main = fileURLToPath(new URL("../../packages/kernel/src/main.ts", import.meta.url))
  const child = spawn(process.execPath, [main], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      NEXUS_DATA: dataDir,
      NEXUS_PORT: "0",
      NEXUS_TRILOG: "journal",
      NEXUS_SANDBOX_PROCESSES: "1",
      NEXUS_MESSAGES_PER_SECOND: "1000000",
    },
  })
  const { url, token } = await firstLine(child)
  const connections: { close(): void }[] = []
  const stream = `${url.replace("http", "ws")}/panels/stream`
  return {
    stream,
    token,
    open: async () => {
      const connection = createConnection({ url: stream, token: () => Promise.resolve(token) })
      connections.push(connection)
      const mirror = connection.open(WORKSPACE)
      await mirror.ready
      return mirror
    },
    submitter: () => createSubmitter(stream, token),
    post: async (path, body) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ workspace: WORKSPACE, ...body }),
      })
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      return response.json()
    },
    close: async () => {
      for (const connection of connections) connection.close()
      child.kill("SIGTERM")
      await once(child, "exit")
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Speaks to the socket at `url` as whom `token` is. */
export async function createSubmitter(url: string, token: string, workspace = WORKSPACE): Promise<Submitter> {
  const socket = new WebSocket(url)
  socket.binaryType = "arraybuffer"
  const waiting = new Map<string, PromiseWithResolvers<void>>()
  const ready = Promise.withResolvers<void>()
  let refs = 0
  socket.addEventListener("message", ({ data }) => {
    const message = decodeServerMessage(new Uint8Array(data))
    if (message.kind === "snapshot") ready.resolve()
    if (message.kind !== "accepted" && message.kind !== "rejected") return
    const asked = waiting.get(message.ref)
    waiting.delete(message.ref)
    if (message.kind === "accepted") asked?.resolve()
    else asked?.reject(new Error(JSON.stringify(message.failure)))
  })
  await new Promise((resolve) => socket.addEventListener("open", resolve))
  const send = (message: Parameters<typeof encodeMessage>[0]) => socket.send(Uint8Array.from(encodeMessage(message)))
  send({ kind: "hello", token, protocol: PROTOCOL_VERSION })
  send({ kind: "subscribe", workspace })
  await ready.promise
  return {
    submit: (operations) => {
      const ref = `bench-${++refs}`
      const asked = Promise.withResolvers<void>()
      waiting.set(ref, asked)
      send({ kind: "operations_submit", workspace, base: 0, operations, reason: "measured", ref })
      return asked.promise
    },
  }
}

async function firstLine(child: ChildProcess): Promise<{ url: string; token: string }> {
  if (child.stdout) for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line)
  throw new Error(`the kernel ended before it was ready (exit ${child.exitCode})`)
}

/** Puts a panel with a counter, a list and a handler on the canvas. */
export async function addPanel(mirror: WorkspaceMirror, id: string): Promise<void> {
  await mirror.submit([newPanel(id)], "measured")
}

/** What puts such a panel there. `source` is another's NXML. */
export function newPanel(id: string, source = COUNTER): Operation {
  const frame = { x: 0, y: 0, w: 300, h: 200 }
  const properties = { source, title: "Measured", frame, state: {}, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: "Measured", scope: WORKSPACE, properties } }
}

/** A panel with a counter, a list and a handler. */
export const COUNTER = `<NexusPanel title="Measured" version="1.0.0">
    <Data><State name="count" type="number"/><State name="cells" type="object" default="{}"/></Data>
    <Logic><Handler name="add">$state.count += 1</Handler></Logic>
    <View><Metric label="Count" value="{$state.count}"/><Metric label="Cells" value="{$state.cells}"/></View>
  </NexusPanel>`
