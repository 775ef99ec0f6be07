import {
  type Actor,
  type Change,
  covers,
  describeCapability,
  formatCapability,
  type GrantAnswer,
  type GrantChange,
  type Graph,
  type Operation,
  type Panel,
  parseCapability,
} from "@nexus/protocol"
import type { Sources } from "./sources.ts"

/**
 * Which rights the panels of one workspace hold, and the audit of how they came by them. It is a reading of the journal:
 * what a panel held before a change and after it is compared, whatever operation did it, so a right that goes with a
 * removed panel or comes back with an undo is in the list as well as one that a person gave. Read when first asked for,
 * and from there on only what was added since; the newest `REMEMBERED` entries stay in memory. A table beside the journal
 * was refused: it could disagree with it.
 */
export interface GrantLogOptions {
  readonly changes: (after: number, limit: number) => Promise<readonly Change[]>
  readonly graph: Graph
  readonly sources: Sources
}

export interface Grants {
  readonly grants: readonly GrantAnswer[]
  /** Newest first. */
  readonly history: readonly GrantChange[]
  /** There are older entries than these. */
  readonly more: boolean
  /** The number of the last of these entries, counted from the journal's first; absent when no older ones are kept. */
  readonly next?: number
}

type Who = Pick<Actor, "id" | "name">
interface Holder {
  readonly title: string
  readonly grants: ReadonlyMap<string, { readonly at: number; readonly by: Who } | undefined>
}

const PAGE = 1000
const REMEMBERED = 1000

export class GrantLog {
  readonly #options: GrantLogOptions
  readonly #holders = new Map<string, Holder>()
  #entries: GrantChange[] = []
  /** Entries that are remembered no more: the number of the first one that is. */
  #forgot = 0
  #seq = 0
  #reading: Promise<void> = Promise.resolve()

  constructor(options: GrantLogOptions) {
    this.#options = options
  }

  async read(limit: number, before = Number.POSITIVE_INFINITY): Promise<Grants> {
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#catchUp())
    await this.#reading
    const end = Math.max(0, Math.min(this.#entries.length, before - this.#forgot))
    const first = Math.max(0, end - limit)
    const history = this.#entries.slice(first, end).reverse()
    const next = first > 0 ? { next: first + this.#forgot } : {}
    return { grants: this.#now(), history, more: first + this.#forgot > 0, ...next }
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      const page = await this.#options.changes(this.#seq, PAGE)
      for (const change of page) this.#follow(change)
      if (this.#entries.length > REMEMBERED) {
        this.#forgot += this.#entries.length - REMEMBERED
        this.#entries = this.#entries.slice(-REMEMBERED)
      }
      if (page.length < PAGE) return
    }
  }

  #follow({ seq, at, cause, operations }: Change): void {
    const before = new Map<string, Holder | undefined>()
    for (const operation of operations) {
      const id = panelOf(operation)
      if (id === undefined) continue
      const was = this.#holders.get(id)
      if (!before.has(id)) before.set(id, was)
      const next = holderAfter(was, operation)
      if (next) this.#holders.set(id, next)
      else this.#holders.delete(id)
    }
    const { id, name } = cause.approver ?? cause.actor
    const by = { id, name }
    for (const [panel, was] of before) {
      const now = this.#holders.get(panel)
      const title = now?.title ?? was?.title ?? ""
      const entry = (capability: string, granted: boolean): GrantChange => {
        return { at, seq, panel, title, capability, granted, by }
      }
      const gone = [...(was?.grants.keys() ?? [])].filter((grant) => !now?.grants.has(grant))
      const come = [...(now?.grants.keys() ?? [])].filter((grant) => !was?.grants.has(grant))
      this.#entries.push(...gone.map((grant) => entry(grant, false)), ...come.map((grant) => entry(grant, true)))
      if (!now) continue
      const grants = [...now.grants.keys()].map((grant) => [grant, was?.grants.get(grant) ?? { at, by }] as const)
      this.#holders.set(panel, { title, grants: new Map(grants) })
    }
    this.#seq = seq
  }

  #now(): GrantAnswer[] {
    const { graph, sources } = this.#options
    const answers = [...graph.panels()].flatMap((entity) => {
      const { title, grants } = entity.properties
      const declared = sources.of(entity)
      return grants.map((capability): GrantAnswer => {
        const reason = declared && reasonFor(declared, capability)
        const given = this.#holders.get(entity.id)?.grants.get(capability)
        return {
          ...{ panel: entity.id, title, capability, says: wordsFor(capability) },
          ...(reason === undefined ? {} : { reason }),
          ...(given ? { since: given.at, by: given.by } : {}),
        }
      })
    })
    const order = (a: GrantAnswer, b: GrantAnswer) =>
      a.title.localeCompare(b.title) || a.panel.localeCompare(b.panel) || a.capability.localeCompare(b.capability)
    return answers.sort(order)
  }
}

/** The panel whose rights or title this operation may change. */
function panelOf(operation: Operation): string | undefined {
  switch (operation.kind) {
    case "entity_add":
      return operation.entity.kind === "panel" ? operation.entity.id : undefined
    case "entity_remove":
      return operation.id
    case "panel_source":
    case "panel_grant":
      return operation.panel
    default:
      return undefined
  }
}

/** As `apply` leaves it; what was `undefined` was given by the change that is followed. */
function holderAfter(was: Holder | undefined, operation: Operation): Holder | undefined {
  switch (operation.kind) {
    case "entity_add": {
      const { title, grants } = operation.entity.properties
      const held = Array.isArray(grants) ? grants.filter((grant) => typeof grant === "string") : []
      return { title: String(title), grants: new Map(held.map((grant) => [grant, undefined])) }
    }
    case "entity_remove":
      return undefined
    case "panel_source":
      return was && { ...was, title: operation.title }
    case "panel_grant": {
      if (!was || was.grants.has(operation.grant) === operation.granted) return was
      const grants = new Map(was.grants)
      if (operation.granted) grants.set(operation.grant, undefined)
      else grants.delete(operation.grant)
      return { ...was, grants }
    }
    default:
      return was
  }
}

function wordsFor(grant: string): string {
  const capability = parseCapability(grant)
  return capability ? describeCapability(capability) : grant
}

/** What the panel says under the declaration that reads like the grant, else under one that covers it. */
function reasonFor({ capabilities }: Panel, grant: string): string | undefined {
  const granted = parseCapability(grant)
  const declared = capabilities.flatMap(({ type, scope, reason }) => {
    const capability = parseCapability(scope ? `${type}:${scope}` : type)
    return capability && granted && covers(capability, granted) ? [{ text: formatCapability(capability), reason }] : []
  })
  return (declared.find(({ text }) => text === grant) ?? declared[0])?.reason
}
