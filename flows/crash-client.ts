import {
  type ClientMessageOf,
  decodeServerMessage,
  encodeMessage,
  isArray,
  isJsonObject,
  NexusError,
  PROTOCOL_VERSION,
  type ServerMessage,
  sentenceOf,
} from "@nexus/protocol"

type Question = ClientMessageOf<"operations_submit"> | ClientMessageOf<"handler_trigger">

/** A client that asks and waits, and whose questions fail when the socket breaks. */
export class CrashClient {
  broken = false
  readonly #socket: WebSocket
  readonly #waiting = new Map<string, { resolve: (answer: { seq: number }) => void; reject: (error: Error) => void }>()
  readonly #heard: ((message: ServerMessage) => void)[] = []

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.binaryType = "arraybuffer"
    socket.addEventListener("message", ({ data }) => this.#hear(decodeServerMessage(new Uint8Array(data))))
    socket.addEventListener("close", () => {
      this.broken = true
      for (const { reject } of this.#waiting.values()) reject(new Error("the socket broke"))
      this.#waiting.clear()
    })
    socket.addEventListener("error", () => undefined)
  }

  /** Follows the workspace where one is named. */
  static async connect(url: string, token: string, workspace?: string): Promise<CrashClient> {
    const client = new CrashClient(new WebSocket(`${url.replace("http", "ws")}/panels/stream`))
    await new Promise((resolve, reject) => {
      client.#socket.addEventListener("open", resolve)
      client.#socket.addEventListener("close", reject)
    })
    client.#send({ kind: "hello", token, protocol: PROTOCOL_VERSION })
    if (workspace === undefined) await client.#next("welcome")
    else await client.itemsOf(workspace, "")
    return client
  }

  /** Resolves with the seq when it was acknowledged; throws when it was refused or the socket broke. */
  ask(message: Question): Promise<{ seq: number }> {
    if (this.broken) return Promise.reject(new Error("the socket broke"))
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.ref, { resolve, reject })
      this.#send(message)
    })
  }

  /** The ids in the panel's list, as the kernel shows them now. */
  async itemsOf(workspace: string, panel: string): Promise<string[]> {
    this.#send({ kind: "subscribe", workspace })
    const { snapshot } = await this.#next("snapshot")
    const state = snapshot.entities.find(({ id }) => id === panel)?.properties.state
    const items = isJsonObject(state) ? state.items : undefined
    return isArray(items) ? items.flatMap((item) => (isJsonObject(item) ? String(item.id) : [])) : []
  }

  close(): void {
    this.#socket.close()
  }

  #send(message: Parameters<typeof encodeMessage>[0]): void {
    this.#socket.send(Uint8Array.from(encodeMessage(message)))
  }

  #next<Kind extends ServerMessage["kind"]>(kind: Kind): Promise<Extract<ServerMessage, { kind: Kind }>> {
    return new Promise((resolve) => {
      const listen = (message: ServerMessage): void => {
        if (message.kind !== kind) return
        this.#heard.splice(this.#heard.indexOf(listen), 1)
        resolve(message as Extract<ServerMessage, { kind: Kind }>)
      }
      this.#heard.push(listen)
    })
  }

  #hear(message: ServerMessage): void {
    for (const listen of [...this.#heard]) listen(message)
    if (message.kind === "accepted") this.#answer(message.ref)?.resolve({ seq: message.seq })
    if (message.kind === "rejected") this.#answer(message.ref)?.reject(new NexusError(message.failure))
    if (message.kind === "handler_finished") {
      const asked = this.#answer(message.ref)
      // One that waits is in the store: it is acknowledged, though its end may be days away.
      if (message.status !== "failed") asked?.resolve({ seq: message.seq })
      else asked?.reject(new Error(message.failure ? sentenceOf(message.failure) : "the handler failed"))
    }
  }

  #answer(ref: string) {
    const asked = this.#waiting.get(ref)
    this.#waiting.delete(ref)
    return asked
  }
}
