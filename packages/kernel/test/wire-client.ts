import {
  type ClientMessage,
  createId,
  decodeServerMessage,
  encodeMessage,
  type Operation,
  PROTOCOL_VERSION,
  type ServerMessage,
  type ServerMessageOf,
} from "@nexus/protocol"
import { WebSocket } from "ws"

/** A client as small as the protocol allows: sends, keeps what it hears, waits for what a test expects. */
export class WireClient {
  readonly heard: ServerMessage[] = []
  readonly socket: WebSocket
  readonly closed: Promise<number>
  #wake: (() => void)[] = []

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on("message", (data: Buffer) => {
      this.heard.push(decodeServerMessage(data))
      for (const wake of this.#wake.splice(0)) wake()
    })
    socket.on("error", () => undefined)
    this.closed = new Promise((resolve) => socket.once("close", resolve))
  }

  static async connect(kernelUrl: string, origin?: string): Promise<WireClient> {
    const url = `${kernelUrl.replace("http", "ws")}/panels/stream`
    const socket = new WebSocket(url, origin === undefined ? {} : { origin })
    const client = new WireClient(socket)
    await new Promise((resolve, reject) => {
      socket.once("open", resolve)
      socket.once("error", reject)
    })
    return client
  }

  static async signedIn(kernelUrl: string, token: string): Promise<WireClient> {
    const client = await WireClient.connect(kernelUrl)
    client.send({ kind: "hello", token, protocol: PROTOCOL_VERSION })
    await client.next("welcome")
    return client
  }

  send(message: ClientMessage): void {
    this.socket.send(encodeMessage(message))
  }

  /** The first message of this kind, heard already or still to come, that passes `fits`; it is taken out. */
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

  /** Waits until something is heard that has not been taken out. */
  async more(): Promise<void> {
    while (this.heard.length === 0) await new Promise<void>((resolve) => this.#wake.push(resolve))
  }

  submit(workspace: string, operations: Operation[], ref = createId("ref")): Promise<ServerMessage> {
    this.send({ kind: "operations_submit", workspace, base: 0, operations, reason: "a test", ref })
    return this.#answer(ref)
  }

  trigger(
    workspace: string,
    panel: string,
    handler: string,
    more: { args?: object; session?: { [name: string]: string }; ref?: string } = {},
  ): Promise<ServerMessage> {
    const ref = more.ref ?? createId("ref")
    const args = JSON.parse(JSON.stringify(more.args ?? {}))
    const session = more.session ? { session: more.session } : {}
    this.send({ kind: "handler_trigger", workspace, panel, handler, args, ref, ...session })
    return this.#answer(ref)
  }

  close(): Promise<number> {
    this.socket.close()
    return this.closed
  }

  async #answer(ref: string): Promise<ServerMessage> {
    for (;;) {
      const found = this.heard.find(
        (message) =>
          (message.kind === "accepted" || message.kind === "rejected" || message.kind === "handler_finished") &&
          message.ref === ref,
      )
      if (found) return found
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
  }
}
