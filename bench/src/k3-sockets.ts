import { decodeServerMessage, encodeMessage, PROTOCOL_VERSION } from "@nexus/protocol"
import { addPanel, startKernel } from "./kernel-process.ts"
import type { Contender, Goal } from "./measure.ts"

const SOCKETS = 1000
const TOGETHER = 50
const PER_SECOND = 2000
const TICK_MS = 10

type Message = ReturnType<typeof decodeServerMessage>

/** One socket of the thousand; `heard` is told of everything, undecoded where nobody asks. */
class Client {
  readonly socket: WebSocket
  heard: ((message: Message) => void) | undefined

  constructor(url: string) {
    this.socket = new WebSocket(url)
    this.socket.binaryType = "arraybuffer"
    this.socket.addEventListener("message", ({ data }) => this.heard?.(decodeServerMessage(new Uint8Array(data))))
  }

  send(message: Parameters<typeof encodeMessage>[0]): void {
    this.socket.send(Uint8Array.from(encodeMessage(message)))
  }

  /** Sends, and resolves at the first message of `kind`. */
  ask(message: Parameters<typeof encodeMessage>[0], kind: Message["kind"]): Promise<void> {
    return new Promise((resolve) => {
      this.heard = (told) => {
        if (told.kind !== kind) return
        this.heard = undefined
        resolve()
      }
      this.send(message)
    })
  }
}

/** A thousand signed-in sockets, fifty of which follow one workspace, while all of them send 2,000 messages a second. */
async function crowd() {
  const kernel = await startKernel()
  const mirror = await kernel.open()
  await addPanel(mirror, "p")
  const clients: Client[] = []
  while (clients.length < SOCKETS) {
    const some = Array.from({ length: TOGETHER }, () => new Client(kernel.stream))
    await Promise.all(some.map(({ socket }) => new Promise((resolve) => socket.addEventListener("open", resolve))))
    const hello = { kind: "hello", token: kernel.token, protocol: PROTOCOL_VERSION } as const
    await Promise.all(some.map((client) => client.ask(hello, "welcome")))
    clients.push(...some)
  }
  const following = clients.slice(0, TOGETHER)
  await Promise.all(following.map((client) => client.ask({ kind: "subscribe", workspace: "home" }, "snapshot")))
  let next = 0
  const load = setInterval(() => {
    for (let count = 0; count < (PER_SECOND * TICK_MS) / 1000; count += 1) {
      next = (next + 1) % clients.length
      clients[next]?.send({ kind: "ping", at: 0 })
    }
  }, TICK_MS)
  const close = async () => {
    clearInterval(load)
    for (const { socket } of clients) socket.close()
    await kernel.close()
  }
  return { mirror, clients, following, close }
}

/** From a message of any of them to its answer. */
async function answer(): Promise<Contender> {
  const { clients, close } = await crowd()
  let at = TOGETHER
  return {
    run: async () => {
      at = at + 7 < clients.length ? at + 7 : TOGETHER
      const start = performance.now()
      await clients[at]?.ask({ kind: "ping", at: 1 }, "pong")
      return performance.now() - start
    },
    close,
    warmups: 100,
    samples: 600,
  }
}

/** From a person's change to the last of fifty others who hear of it. */
async function broadcast(): Promise<Contender> {
  const { mirror, following, close } = await crowd()
  let value = 0
  return {
    run: async () => {
      value += 1
      const start = performance.now()
      const all = following.map(
        (client) =>
          new Promise<void>((resolve) => {
            client.heard = ({ kind }) => kind === "change" && resolve()
          }),
      )
      void mirror.submit([{ kind: "state_set", panel: "p", path: ["count"], value }], "measured")
      await Promise.all(all)
      return performance.now() - start
    },
    close,
    warmups: 50,
    samples: 200,
  }
}

export const goal: Goal = {
  id: "K3",
  what: "1,000 sockets on one kernel at 2,000 messages/s",
  rounds: 3,
  contenders: { answer, broadcast },
  claims: [
    { ours: "answer", figure: "p99", atMostMs: 20 },
    { ours: "broadcast", figure: "p99", atMostMs: 50 },
  ],
}
