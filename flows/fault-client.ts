import {
  type ClientMessage,
  decodeServerMessage,
  encodeMessage,
  isJsonObject,
  type Json,
  PROTOCOL_VERSION,
  type ServerMessage,
  type ServerMessageOf,
  type Snapshot,
} from "@nexus/protocol"
import type { Nexus } from "./nexus.ts"

/** A client without manners: sends whatever bytes it is given and keeps what it hears. */
export class FaultClient {
  readonly heard: ServerMessage[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #socket: WebSocket
  #wake: (() => void)[] = []

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.binaryType = "arraybuffer"
    socket.addEventListener("message", ({ data }) => {
      this.heard.push(decodeServerMessage(new Uint8Array(data)))
      for (const wake of this.#wake.splice(0)) wake()
    })
    this.closed = new Promise((resolve) => {
      socket.addEventListener("close", ({ code, reason }) => resolve({ code, reason }))
    })
  }

  static async connect(nexus: Nexus): Promise<FaultClient> {
    const socket = new WebSocket(`${nexus.url.replace("http", "ws")}/panels/stream`)
    const client = new FaultClient(socket)
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve)
      socket.addEventListener("error", reject)
    })
    return client
  }

  /** Signed in, and in the audience of `workspace`. */
  static async in(nexus: Nexus, workspace: string, token = nexus.token): Promise<FaultClient> {
    const client = await FaultClient.connect(nexus)
    client.send({ kind: "hello", token, protocol: PROTOCOL_VERSION })
    client.send({ kind: "subscribe", workspace })
    await client.next("snapshot")
    return client
  }

  send(message: ClientMessage): void {
    this.sendRaw(encodeMessage(message))
  }

  sendRaw(data: Uint8Array | string): void {
    this.#socket.send(typeof data === "string" ? data : Uint8Array.from(data))
  }

  /** The first message of this kind that passes `fits`, heard already or still to come; it is taken out. */
  async next<Kind extends ServerMessage["kind"]>(
    kind: Kind,
    fits: (message: ServerMessageOf<Kind>) => boolean = () => true,
  ): Promise<ServerMessageOf<Kind>> {
    const isIt = (message: ServerMessage): message is ServerMessageOf<Kind> =>
      message.kind === kind && fits(message as ServerMessageOf<Kind>)
    for (;;) {
      const found = this.heard.find(isIt)
      if (found) {
        this.heard.splice(this.heard.indexOf(found), 1)
        return found
      }
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
  }

  /** Sends what has a ref, and waits for its answer. */
  async ask(message: Extract<ClientMessage, { ref: string }>): Promise<ServerMessage> {
    this.send(message)
    const isAnswer = (answer: { ref: string }) => answer.ref === message.ref
    return await Promise.race([
      this.next("accepted", isAnswer),
      this.next("rejected", isAnswer),
      this.next("handler_finished", isAnswer),
    ])
  }

  trigger(
    workspace: string,
    panel: string,
    handler: string,
    ref: string = crypto.randomUUID(),
  ): Promise<ServerMessage> {
    return this.ask({ kind: "handler_trigger", workspace, panel, handler, args: {}, ref })
  }

  async snapshot(workspace: string): Promise<Snapshot> {
    this.send({ kind: "subscribe", workspace })
    return (await this.next("snapshot", (message) => message.snapshot.workspace === workspace)).snapshot
  }

  /** The state of a panel as the kernel has it now. */
  async stateOf(workspace: string, panel: string): Promise<unknown> {
    const { entities } = await this.snapshot(workspace)
    return entities.find(({ id }) => id === panel)?.properties.state
  }

  close(): void {
    this.#socket.close()
  }
}

export interface Answer {
  readonly status: number
  readonly body: { readonly [name: string]: unknown }
}

/** One call of the HTTP API; answers that are not JSON come as `{ text }`. */
export async function call(
  nexus: Nexus,
  method: string,
  path: string,
  body?: object,
  token = nexus.token,
): Promise<Answer> {
  const response = await fetch(`${nexus.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get("content-type") ?? "")
  const value: Json = isJson ? JSON.parse(text) : { text }
  return { status: response.status, body: isJsonObject(value) ? value : { value } }
}

/** A panel with a handler for each way to misbehave, and one that behaves. */
export const FAULTY = `<NexusPanel title="Faulty">
  <Data>
    <State name="count" type="number" default="0"/>
  </Data>
  <Logic>
    <Handler name="add">$state.count += 1</Handler>
    <Handler name="loop">for (;;) {}</Handler>
    <Handler name="hoard">const all = []; for (;;) all.push("x".repeat(1e6) + all.length)</Handler>
    <Handler name="stumble">
      $state.count = 1000
      throw new Error("Nothing is left")
    </Handler>
  </Logic>
  <View><Metric label="Count" value="{$state.count}"/></View>
</NexusPanel>`

export const HOME = "home"

export async function createPanel(nexus: Nexus, source = FAULTY): Promise<string> {
  const created = await call(nexus, "POST", "/panels", { workspace: HOME, source })
  if (created.status !== 201) throw new Error(JSON.stringify(created))
  return String(created.body.id)
}
