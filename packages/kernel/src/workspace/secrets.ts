import {
  applyToValues,
  type Graph,
  Json,
  type JsonObject,
  NexusError,
  type Operation,
  type OperationOf,
  type Panel,
} from "@nexus/protocol"
import type { ValueStore } from "../storage/journal.ts"
import type { Sources } from "./sources.ts"

const SPACE = "secrets"

/**
 * Secret states never enter a change, so they can reach no browser, snapshot, Git tree, record or prompt. They live in
 * the journal's file beside the changes and are handed to nothing but a handler's input.
 */
export class Secrets {
  readonly #values: ValueStore
  readonly #workspace: string

  constructor(values: ValueStore, workspace: string) {
    this.#values = values
    this.#workspace = workspace
  }

  /** The secret states that `panel` declares, with their values. */
  async read(panelId: string, panel: Panel): Promise<JsonObject> {
    const secrets: Record<string, Json> = {}
    for (const { name, secret, initial } of panel.states) {
      if (!secret) continue
      const text = await this.#values.get(this.#workspace, SPACE, `${panelId}.${name}`)
      secrets[name] = text === undefined ? initial : Json.parse(JSON.parse(text))
    }
    return secrets
  }

  async write(panelId: string, secrets: JsonObject): Promise<void> {
    for (const [name, value] of Object.entries(secrets)) {
      await this.#values.set(this.#workspace, SPACE, `${panelId}.${name}`, JSON.stringify(value))
    }
  }

  /** Takes the writes to secret states out of `operations`; `keep` makes them durable. */
  async split(graph: Graph, sources: Sources, operations: readonly Operation[]): Promise<Split> {
    const isSecret = secretWrites(graph, sources, operations)
    const writes = operations.filter(isSecret)
    if (writes.length === 0) return { rest: operations, keep: async () => undefined }
    const written = new Map<string, JsonObject>()
    for (const id of new Set(writes.map(({ panel }) => panel))) {
      const entity = graph.panel(id)
      const panel = entity && sources.of(entity)
      if (!panel) continue
      const mine = writes.filter((operation) => operation.panel === id)
      const kept = applyToValues(await this.read(id, panel), mine)
      if (!kept.ok) throw new NexusError(kept.failure)
      written.set(id, kept.values)
    }
    return {
      rest: operations.filter((operation) => !isSecret(operation)),
      keep: async () => {
        for (const [id, secrets] of written) await this.write(id, secrets)
      },
    }
  }
}

interface Split {
  readonly rest: readonly Operation[]
  keep(): Promise<void>
}

type StateWrite = OperationOf<"state_set" | "state_unset" | "state_splice">

/** Tells the writes to a state that is secret now, or will be by a source in the same list. */
function secretWrites(graph: Graph, sources: Sources, operations: readonly Operation[]) {
  const saved = new Map<string, Panel | undefined>()
  for (const operation of operations) {
    if (operation.kind === "panel_source") saved.set(operation.panel, sources.parse(operation.source).panel)
  }
  const declares = (panel: Panel | undefined, name: string) =>
    panel?.states.some((state) => state.secret && state.name === name) ?? false
  return (operation: Operation): operation is StateWrite => {
    if (operation.kind !== "state_set" && operation.kind !== "state_unset" && operation.kind !== "state_splice") {
      return false
    }
    const name = String(operation.path[0])
    const entity = graph.panel(operation.panel)
    return declares(entity && sources.of(entity), name) || declares(saved.get(operation.panel), name)
  }
}
