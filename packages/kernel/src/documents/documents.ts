import { type Change, createId, type Graph, NexusError, type TextSelection } from "@nexus/protocol"
import { TextDocument } from "@nexus/reactor/text"
import type { ValueStore } from "../storage/journal.ts"
import type { Listener } from "../workspace/audience.ts"
import type { Sources } from "../workspace/sources.ts"
import type { Submission } from "../workspace/submission.ts"
import { createDocumentRecords, type DocumentRecords } from "./document-record.ts"
import { type DocumentWorld, OpenDocument } from "./open-document.ts"

export interface DocumentsOptions {
  readonly workspace: string
  /** The confirmed one. */
  readonly graph: Graph
  readonly sources: Sources
  readonly values: ValueStore
  /** Resolves with the seq at which it is done. */
  readonly commit: (submission: Submission) => Promise<number>
  /** Is the submission in the journal? */
  readonly committed: (submission: string) => Promise<boolean>
  /** How long nobody types before a text that works is saved. */
  readonly quietMs?: number
  readonly log: (message: string, detail: object) => void
}

/** What a session asks for when it opens a source. */
export interface OpenRequest {
  readonly panel: string
  readonly ref: string
  /** The document it has already, and how much of it. */
  readonly document?: string
  readonly vector?: Uint8Array
}

const QUIET_MS = 1500
/** Sources that one session may have open at once. */
const MOST_OPEN = 32

/**
 * The sources of a workspace that somebody has open now: a document each, made when the first one opens it and let go
 * when the last one has closed it. A source that changes otherwise, by a patch, a checkout or an undo, flows into its
 * document; and what is written in a document becomes a change like every other, through `commit`.
 */
export class Documents {
  readonly #options: DocumentsOptions
  readonly #world: DocumentWorld
  readonly #records: DocumentRecords
  readonly #open = new Map<string, Promise<OpenDocument>>()
  readonly #ready = new Map<string, OpenDocument>()

  constructor(options: DocumentsOptions) {
    const { workspace, graph, sources, values, commit, committed, log, quietMs = QUIET_MS } = options
    this.#options = options
    this.#records = createDocumentRecords(values, workspace, committed)
    this.#world = {
      workspace,
      check: (id, source) => {
        const entity = graph.panel(id)
        if (!entity) return { code: "not-found", what: "panel", id }
        return sources.check(graph, { ...entity, properties: { ...entity.properties, source } })
      },
      commit,
      records: this.#records,
      quietMs,
      log,
    }
  }

  /** How many documents are in memory. */
  get size(): number {
    return this.#open.size
  }

  /** About how many bytes they take. */
  get bytes(): number {
    return [...this.#ready.values()].reduce((sum, { text }) => sum + text.bytes, 0)
  }

  /** Answers by `document_opened` and tells the session from then on. Throws `not-found` or `too-large`. */
  async open(listener: Listener, { panel, ref, document, vector }: OpenRequest): Promise<void> {
    const held = [...this.#ready.values()].filter((open) => open.has(listener.session))
    if (held.length >= MOST_OPEN && !held.some((open) => open.panel === panel)) {
      throw new NexusError({ code: "too-large", what: "number of open sources", limit: MOST_OPEN, unit: "sources" })
    }
    let open = await this.#get(panel)
    // The last one may have closed it while this one waited.
    while (this.#ready.get(panel) !== open) open = await this.#get(panel)
    await open.join(listener, ref, document === open.text.id ? vector : undefined)
  }

  update(session: string, panel: string, document: string, update: Uint8Array): void {
    const open = this.#ready.get(panel)
    // An update for another document, or of who has not opened this one, is late: the answer to its opening is on its way.
    if (open?.text.id === document) open.update(session, update)
  }

  /** Resolves with the seq of the change, or `undefined` when the text is saved as it is, or soon. */
  async save(panel: string): Promise<number | undefined> {
    return this.#ready.get(panel)?.save()
  }

  setSelection(session: string, panel: string, selection: TextSelection | null): void {
    this.#ready.get(panel)?.setSelection(session, selection)
  }

  /** Resolves when what this session typed is kept. */
  async close(session: string, panel: string): Promise<void> {
    const open = this.#ready.get(panel)
    if (!open) return
    open.leave(session)
    if (open.empty) await this.#letGo(open)
    else await open.rest()
  }

  /** The session is gone: from this document, or from all of them. */
  leave(session: string, only?: string): void {
    for (const [panel, open] of this.#ready) {
      if (!open.has(session) || (only !== undefined && panel !== only)) continue
      this.close(session, panel).catch((error: unknown) => this.#note(open, error))
    }
  }

  /** After every durable change. */
  onChange(change: Change): void {
    if (this.#ready.size === 0) return
    const moved = change.operations.some(({ kind }) => kind === "panel_source" || kind.startsWith("entity_"))
    if (!moved) return
    for (const [panel, open] of this.#ready) {
      const entity = this.#options.graph.panel(panel)
      if (entity) open.onSource(entity.properties.source)
      else this.#end(open)
    }
  }

  /** Keeps what is written, and ends. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.#ready.values()].map((open) => open.close()))
    this.stop()
  }

  /** Ends, and writes nothing more: another kernel may have them now. */
  stop(): void {
    for (const open of this.#ready.values()) open.stop()
  }

  #get(panel: string): Promise<OpenDocument> {
    const known = this.#open.get(panel)
    if (known) return known
    const opening = this.#load(panel)
    this.#open.set(panel, opening)
    opening.then(
      (open) => {
        this.#ready.set(panel, open)
        // It may have changed while the document was read.
        open.onSource(this.#options.graph.panel(panel)?.properties.source ?? open.text.base)
      },
      () => this.#open.delete(panel),
    )
    return opening
  }

  async #load(panel: string): Promise<OpenDocument> {
    this.#source(panel)
    const kept = await this.#records.load(panel).catch((error: unknown) => {
      this.#options.log("a shared text cannot be read", { panel, error: String(error) })
      return undefined
    })
    const source = this.#source(panel)
    const held = kept ?? { text: new TextDocument(createId("document"), source), typists: [] }
    if (held.text.base !== source) held.text.follow(source)
    return new OpenDocument(panel, held, this.#world)
  }

  #source(panel: string): string {
    const entity = this.#options.graph.panel(panel)
    if (!entity) throw new NexusError({ code: "not-found", what: "panel", id: panel })
    return entity.properties.source
  }

  async #letGo(open: OpenDocument): Promise<void> {
    await open.rest()
    if (!open.empty || this.#ready.get(open.panel) !== open) return
    this.#open.delete(open.panel)
    this.#ready.delete(open.panel)
    open.stop()
    await this.#records.rest(open.panel, open.text)
    open.text.close()
  }

  #end(open: OpenDocument): void {
    open.end({ code: "not-found", what: "panel", id: open.panel })
    this.#open.delete(open.panel)
    this.#ready.delete(open.panel)
    this.#records.remove(open.panel).catch((error: unknown) => this.#note(open, error))
  }

  #note({ panel }: OpenDocument, error: unknown): void {
    this.#options.log("a shared text was not let go well", { panel, error: String(error) })
  }
}
