import { apply, type Change, type Failure, type Graph, NexusError, type Operation, type Seq } from "@nexus/protocol"
import type { Journal } from "../storage/journal.ts"
import { advance } from "./advance.ts"
import type { Sources } from "./sources.ts"
import type { Submission } from "./submission.ts"

/**
 * The only way a workspace changes, in this order: apply (pure rules) → journal append (durable, group commit) → memory
 * advances → `onChange` → the audience is told.
 *
 * Appends are pipelined: rules are applied to a `head` that runs ahead, while `graph`, which everybody reads, advances
 * only when the journal has answered. So memory never runs ahead of the journal, nothing can leave before it is durable
 * without anybody having to remember a gate, and a failed append is undone by forgetting the head. The price is that
 * each operation is applied twice, a few microseconds. Waiting for the disk before the next change was refused: a
 * workspace would be as slow as its fsync.
 *
 * When an append fails, everything behind it fails too and the workspace is read-only until it has taken its journal
 * anew; it tries by itself.
 */
export interface CommitsOptions {
  readonly workspace: string
  readonly journal: Journal
  readonly sources: Sources
  readonly clock: () => number
  readonly retryMs: number
  /** Called for each durable change, in order. Must not throw. */
  readonly onChange: (change: Change) => void
  /** Does this kernel still have the workspace's lease? */
  readonly isHeld: () => boolean
  /** Another kernel took the workspace: this one may write no more. */
  readonly onLost: (failure: Failure) => void
  readonly log: (message: string, detail: object) => void
}

export interface Proposal {
  readonly change: Change
  readonly durable: Promise<Change>
}

interface Pending {
  readonly change: Change
  readonly durable: Promise<Change>
  readonly resolve: (change: Change) => void
  readonly reject: (error: Error) => void
}

const REMEMBERED = 20_000
/** An id and its place in the map. */
const SUBMISSION_BYTES = 110
const PAGE = 1000

export class Commits {
  readonly graph: Graph
  #seq: Seq
  #head: Graph
  #headSeq: Seq
  #epoch: number
  #readOnly: Failure | undefined
  #pending: Pending[] = []
  #retry: NodeJS.Timeout | undefined
  #closed = false
  readonly #underWay = new Map<string, Promise<Proposal>>()
  /** Submission → seq of the newest changes. */
  readonly #known = new Map<string, Seq>()
  readonly #options: CommitsOptions

  constructor(options: CommitsOptions, at: { graph: Graph; seq: Seq; epoch: number; recent: readonly Change[] }) {
    this.#options = options
    this.graph = at.graph
    this.#seq = at.seq
    this.#head = at.graph.fork()
    this.#headSeq = at.seq
    this.#epoch = at.epoch
    for (const change of at.recent) this.#remember(change)
  }

  get seq(): Seq {
    return this.#seq
  }

  get epoch(): number {
    return this.#epoch
  }

  /** About how many bytes it takes beside `graph`. */
  get bytes(): number {
    return this.#head.indexBytes + this.#known.size * SUBMISSION_BYTES
  }

  /** Something is on its way into the journal. */
  get busy(): boolean {
    return this.#pending.length > 0 || this.#underWay.size > 0
  }

  get readOnly(): Failure | undefined {
    return this.#readOnly
  }

  /** The graph with everything that is accepted, durable or not: what the next change is made against. */
  get head(): Graph {
    return this.#head
  }

  /** Accepts or throws at once; the change is a promise to the outside only when `durable` resolves. */
  submit(submission: Submission): Promise<Proposal> {
    const first = this.#underWay.get(submission.submission)
    if (first) return first.then(({ change, durable }) => ({ ...repeated(change, submission), durable }))
    const proposal = this.#submit(submission)
    this.#underWay.set(submission.submission, proposal)
    const done = () => this.#underWay.delete(submission.submission)
    proposal.then(({ durable }) => durable.then(done, done), done)
    return proposal
  }

  /** Resolves when everything accepted so far is durable; throws when some of it was refused by the journal. */
  async settled(): Promise<void> {
    const last = this.#pending[this.#pending.length - 1]
    await last?.durable
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retry)
  }

  async #submit(submission: Submission): Promise<Proposal> {
    const first = this.#mayBeKnown(submission.submission) ? await this.#find(submission.submission) : undefined
    if (first) return repeated(first, submission)
    if (this.#closed) throw new NexusError({ code: "unavailable", what: "The workspace", detail: "it is closing" })
    if (this.#readOnly) throw new NexusError(this.#readOnly)
    if (!this.#options.isHeld()) throw this.#lose()
    checkGrants(submission)

    const advanced = advance(this.#head, submission.operations, this.#options.sources)
    if (!advanced.ok) throw new NexusError(advanced.failure)
    this.#headSeq += 1
    const change: Change = {
      workspace: this.#options.workspace,
      seq: this.#headSeq,
      submission: submission.submission,
      cause: submission.cause,
      operations: [...advanced.operations],
      at: this.#options.clock(),
    }
    return { change, durable: this.#append(change) }
  }

  #append(change: Change): Promise<Change> {
    const { promise: durable, resolve, reject } = Promise.withResolvers<Change>()
    const pending: Pending = { change, durable, resolve, reject }
    this.#pending.push(pending)
    this.#options.journal.append(change, this.#epoch).then(
      () => this.#advance(pending),
      (error: unknown) => this.#stop(pending, error),
    )
    return durable
  }

  /** The journal holds it: memory follows, then everybody hears of it. */
  #advance(pending: Pending): void {
    if (this.#pending[0] !== pending) return
    this.#pending.shift()
    this.#confirm(pending.change)
    pending.resolve(pending.change)
  }

  #confirm(change: Change): void {
    const applied = apply(this.graph, change.operations)
    if (!applied.ok || change.seq !== this.#seq + 1) {
      throw new Error(`change ${change.seq} does not follow ${this.#seq} of ${change.workspace}`)
    }
    this.#seq = change.seq
    this.#remember(change)
    this.#options.onChange(change)
  }

  /** The journal refused: what is behind it was made on sand. */
  #stop(pending: Pending, error: unknown): void {
    if (!this.#pending.includes(pending)) return
    const failure: Failure =
      error instanceof NexusError
        ? error.failure
        : { code: "unavailable", what: "The journal", detail: error instanceof Error ? error.message : String(error) }
    this.#options.log("the journal refused a change", { workspace: this.#options.workspace, failure })
    const lost = failure.code === "lease-lost"
    this.#readOnly = lost ? failure : readOnlyBecause(failure)
    const stopped = this.#pending
    this.#pending = []
    this.#head = this.graph.fork()
    this.#headSeq = this.#seq
    for (const { reject } of stopped) reject(new NexusError(this.#readOnly, { cause: error }))
    if (lost) this.#options.onLost(failure)
    else this.#recoverIn(failure.code === "conflict" ? 0 : this.#options.retryMs)
  }

  #recoverIn(delayMs: number): void {
    if (this.#closed) return
    this.#retry = setTimeout(() => {
      this.#recover().catch((error: unknown) => {
        this.#options.log("the journal is still not writable", {
          workspace: this.#options.workspace,
          error: String(error),
        })
        this.#recoverIn(this.#options.retryMs)
      })
    }, delayMs)
  }

  /** Takes the journal anew and reads what it holds that was never confirmed here (an answer may have been lost). */
  async #recover(): Promise<void> {
    const { journal, workspace } = this.#options
    if (!this.#options.isHeld()) {
      this.#lose()
      return
    }
    this.#epoch = await journal.acquire(workspace)
    for (let page = await journal.changes(workspace, this.#seq, PAGE); page.length > 0; ) {
      for (const change of page) this.#confirm(change)
      page = await journal.changes(workspace, this.#seq, PAGE)
    }
    this.#head = this.graph.fork()
    this.#headSeq = this.#seq
    this.#readOnly = undefined
    this.#options.log("the journal is writable again", { workspace })
  }

  #lose(): NexusError {
    const failure: Failure = { code: "lease-lost", workspace: this.#options.workspace }
    this.#readOnly = failure
    this.#options.onLost(failure)
    return new NexusError(failure)
  }

  #remember(change: Change): void {
    this.#known.set(change.submission, change.seq)
    if (this.#known.size <= REMEMBERED) return
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest)
      break
    }
  }

  /** While every submission there ever was is in memory, an unknown id is new and the journal need not be asked. */
  #mayBeKnown(submission: string): boolean {
    return this.#known.has(submission) || this.#known.size < this.#seq
  }

  #find(submission: string): Promise<Change | undefined> {
    return this.#options.journal.find(this.#options.workspace, submission)
  }
}

/** The same submission again answers with what it became; somebody else's id is not theirs to repeat. */
function repeated(first: Change, { submission, cause }: Submission): Proposal {
  if (first.cause.actor.id === cause.actor.id) return { change: first, durable: Promise.resolve(first) }
  throw new NexusError({ code: "conflict", detail: `The submission id "${submission}" was used by somebody else.` })
}

/** Only a person gives a panel a right: an accepted patch, a handler or a package never brings its own. */
function checkGrants({ cause, operations }: Submission): void {
  if (cause.actor.kind !== "ai" && cause.actor.kind !== "handler" && cause.actor.kind !== "package") return
  const granting = operations.find(
    (operation: Operation) =>
      (operation.kind === "panel_grant" && operation.granted) ||
      (operation.kind === "entity_add" &&
        Array.isArray(operation.entity.properties.grants) &&
        operation.entity.properties.grants.length > 0),
  )
  if (granting) throw new NexusError({ code: "forbidden", detail: "Only a person can grant a capability to a panel." })
}

function readOnlyBecause(failure: Failure): Failure {
  const detail = failure.code === "unavailable" ? failure.detail : "its journal is being read again"
  return {
    code: "unavailable",
    what: "Writing to this workspace",
    detail: `${detail} It is read-only until the journal can be written; this is tried again by itself.`,
  }
}
