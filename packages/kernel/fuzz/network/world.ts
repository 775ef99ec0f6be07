import { mock } from "node:test"
import { apply, type Change, Graph, type Operation } from "@nexus/protocol"
import { createConnection, type WorkspaceMirror } from "@nexus/reactor/client"
import { createMessageLimits } from "../../src/gateway/message-limits.ts"
import { attend } from "../../src/gateway/socket.ts"
import { createPanelOperation } from "../../src/panels/new-panel.ts"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { createCore } from "./core.ts"
import { SimulatedNetwork } from "./simulated-network.ts"
import { type Trouble, TroubledJournal } from "./troubled-journal.ts"

export const WORKSPACE = "w"
export const PANEL = "p"
const ADA = { id: "ada", name: "Ada" }
const noon = { setImmediate }

/**
 * A kernel's workspaces, sessions and commits, and clients as a browser has them, over a network and a journal that
 * misbehave, in a time that only `pass` moves. The journal alone survives a crash of the kernel.
 */
export class NetworkWorld {
  readonly network: SimulatedNetwork
  readonly #kept = createMemoryJournal()
  readonly #random: (below: number) => number
  #journal: TroubledJournal
  #kernels = 0

  constructor(random: (below: number) => number) {
    mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 })
    this.#random = random
    this.network = new SimulatedNetwork(random)
    this.#journal = new TroubledJournal(this.#kept, random)
  }

  /** Makes the workspace with one panel in it. */
  async begin(source: string): Promise<void> {
    const workspaces = this.boot()
    const made = workspaces.create(WORKSPACE, "W", ADA).then((workspace) => {
      const frame = { x: 0, y: 0, w: 300, h: 200 }
      const panel = createPanelOperation({ id: PANEL, workspace: WORKSPACE, source, frame })
      const cause = { actor: { kind: "person" as const, ...ADA }, reason: "begin" }
      return workspace.commit({ submission: "begin", cause, operations: [panel] })
    })
    await this.pass(200)
    await made
  }

  /** A kernel on the journal; whatever kernel was there is gone, in the middle of what it did. */
  boot() {
    this.crash()
    this.#journal = new TroubledJournal(this.#kept, this.#random)
    const { journal } = this.#journal
    this.#kernels += 1
    const core = createCore(journal, this.#kernels, (message, detail) => {
      if (message === "a message failed") throw new Error(`${message}: ${JSON.stringify(detail)}`)
    })
    const limits = createMessageLimits(1_000_000)
    this.network.accept = (socket) => attend(socket, limits, core)
    return core.workspaces
  }

  crash(): void {
    this.#journal.trouble = "dead"
    this.network.accept = undefined
    this.network.breakAll()
  }

  trouble(trouble: Trouble): void {
    this.#journal.trouble = trouble
  }

  client(user: string, random: (below: number) => number): WorkspaceMirror {
    const connection = createConnection({
      url: "ws://simulated/panels/stream",
      token: async () => user,
      random: () => random(1000) / 1000,
      openSocket: this.network.socketsOf(user),
    })
    return connection.open(WORKSPACE)
  }

  /** Lets time pass; whatever becomes due happens in order. */
  async pass(ms: number): Promise<void> {
    const end = Date.now() + ms
    await calm()
    while (Date.now() < end) {
      // From one arrival to the next, and not so far that two timers of one side would fire without a breath between.
      const step = Math.min(end, this.network.nextAt ?? end, Date.now() + (ms > 5000 ? 2000 : 20)) - Date.now()
      mock.timers.tick(Math.max(1, step))
      while (this.network.deliver(Date.now())) await calm()
      await calm()
    }
  }

  changes(): Promise<readonly Change[]> {
    return this.#kept.changes(WORKSPACE, 0, 1_000_000)
  }

  close(): void {
    this.crash()
    mock.timers.reset()
  }
}

/** The graph that these changes make. */
export function replayed(changes: readonly Change[]): Graph {
  const graph = new Graph()
  for (const { seq, operations } of changes) {
    const applied = apply(graph, operations)
    if (!applied.ok) throw new Error(`change ${seq} does not replay: ${JSON.stringify(applied.failure)}`)
  }
  return graph
}

export function set(path: Extract<Operation, { kind: "state_set" }>["path"], value: number): Operation {
  return { kind: "state_set", panel: PANEL, path, value }
}

/** Until nothing waits for anything but time. */
function calm(): Promise<void> {
  return new Promise((resolve) => noon.setImmediate(resolve))
}
