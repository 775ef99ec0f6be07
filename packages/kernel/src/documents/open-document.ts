import {
  type Actor,
  createId,
  encodeMessage,
  type Failure,
  NexusError,
  type ServerMessage,
  type TextSelection,
  type Writer,
} from "@nexus/protocol"
import type { Bytes, TextDocument } from "@nexus/reactor/text"
import type { Listener } from "../workspace/audience.ts"
import type { Submission } from "../workspace/submission.ts"
import { refuseUpdate } from "./check-update.ts"
import type { DocumentRecords, KeptDocument } from "./document-record.ts"
import { type Part, partsOf } from "./parts-of-saving.ts"
import { WordsBy } from "./words-by.ts"

/** What a document can reach of its workspace. */
export interface DocumentWorld {
  readonly workspace: string
  /** The title of the panel that `source` declares, or why it cannot be the source of this panel. */
  check(panel: string, source: string): { readonly title: string } | Failure
  /** Resolves with the seq at which it is done. */
  readonly commit: (submission: Submission) => Promise<number>
  readonly records: DocumentRecords
  readonly quietMs: number
  readonly log: (message: string, detail: object) => void
}

interface Reader {
  readonly listener: Listener
  selection: TextSelection | null
}

/** How often a text that somebody writes without a pause is written down. */
const KEEP_MS = 2000

/**
 * One panel's source while somebody has it open. What a session types is told to the others at once and becomes a
 * change of the panel when nobody has typed for a moment and the text works. What the kernel itself puts into the text
 * is written down before it is told, so that a kernel that comes back never says the same in other characters.
 */
export class OpenDocument {
  readonly panel: string
  readonly text: TextDocument
  readonly #world: DocumentWorld
  readonly #readers = new Map<string, Reader>()
  /** Who typed since the text was saved, the last one last. */
  readonly #typists = new Map<string, Actor>()
  #words: WordsBy
  /** Who is typing, while an update is taken. */
  #author: string | undefined
  #kept: Promise<void> = Promise.resolve()
  #quiet: NodeJS.Timeout | undefined
  #keep: NodeJS.Timeout | undefined
  /** What is on its way into the journal, in order, and the words that it was made of. */
  #saving: readonly Part[] = []
  #cut = 0
  /** A text that the workspace refused: it is not tried again by itself. */
  #refused: string | undefined
  #stopped = false

  constructor(panel: string, { text, typists }: KeptDocument, world: DocumentWorld) {
    this.panel = panel
    this.text = text
    this.#world = world
    for (const typist of typists) this.#typists.set(typist.id, typist)
    // Who typed what before the kernel was started anew nobody knows any more: it counts as the last one's.
    this.#words = new WordsBy(text.base, text.toString(), typists.at(-1)?.id)
    text.text.observe(({ delta }) => this.#words.note(delta, this.#author))
    this.#keepNow()
    if (!text.saved) this.#saveWhenQuiet()
  }

  get empty(): boolean {
    return this.#readers.size === 0
  }

  has(session: string): boolean {
    return this.#readers.has(session)
  }

  /** Tells the session what it lacks, and from then on everything. */
  async join(listener: Listener, ref: string, vector: Uint8Array | undefined): Promise<void> {
    this.#readers.set(listener.session, { listener, selection: null })
    await this.#kept
    if (this.#readers.get(listener.session)?.listener !== listener) return
    const { workspace } = this.#world
    const { panel, writers, text } = this
    let update: Bytes
    try {
      update = text.since(vector)
    } catch (cause) {
      this.#readers.delete(listener.session)
      throw new NexusError({ code: "invalid-input", detail: "the vector is none", path: "vector" }, { cause })
    }
    const opened = { workspace, panel, document: text.id, update, vector: text.vector, writers, ref }
    listener.deliver(encodeMessage({ kind: "document_opened", ...opened }), false)
    this.#tellWriters(listener.session)
  }

  leave(session: string): void {
    if (this.#readers.delete(session)) this.#tellWriters()
  }

  /** Takes what a session typed. Throws `invalid-input` for what is no honest update, which then changed nothing. */
  update(session: string, update: Uint8Array): void {
    const reader = this.#readers.get(session)
    if (!reader) return
    const refusal = refuseUpdate(this.text, update)
    if (refusal)
      throw new NexusError({ code: "invalid-input", detail: `${refusal}; open the source again`, path: "update" })
    const { user: id, name } = reader.listener
    const news = this.#taken(id, update)
    if (!news) return
    this.#typists.delete(id)
    this.#typists.set(id, { kind: "person", id, name })
    this.#tell(this.#updated(news), session)
    this.#keep ??= setTimeout(() => this.#keepNow(), KEEP_MS).unref()
    this.#saveWhenQuiet()
  }

  setSelection(session: string, selection: TextSelection | null): void {
    const reader = this.#readers.get(session)
    if (!reader) return
    reader.selection = selection
    const { workspace } = this.#world
    this.#tell({ kind: "document_awareness", workspace, panel: this.panel, session, selection }, session)
  }

  /** The panel's source in the workspace is this now: saved from here, or changed elsewhere. */
  onSource(source: string): void {
    if (source === this.text.base) return
    const place = this.#saving.findIndex((part) => part.source === source)
    const ours = this.#saving.slice(0, place + 1)
    for (const { authors } of ours) this.#words.saved(authors, this.#cut)
    if (place >= 0) this.text.base = source
    const update = place >= 0 ? undefined : this.text.follow(source)
    this.#saving = place >= 0 ? this.#saving.slice(place + 1) : []
    if (this.#saving.length > 0) return
    if (this.text.saved) this.#allSaved()
    else this.#saveWhenQuiet()
    if (!update) return
    const told = this.#updated(update)
    this.#keepNow().then(() => this.#tell(told))
  }

  /** Saves the text as it is now. Throws `NexusError` when it cannot be the panel's source, or what `commit` throws. */
  async save(): Promise<number | undefined> {
    clearTimeout(this.#quiet)
    const { panel, text } = this
    if (text.saved) return undefined
    const source = text.toString()
    // Taken together with the text: what is saved elsewhere from here on is not in it.
    const expect = text.base
    const checked = this.#world.check(panel, source)
    if ("code" in checked) throw new NexusError(checked)
    if (this.#saving.length > 0) return this.#again()
    this.#cut = this.#words.cut()
    const parts = this.#parts(source, checked.title)
    if (parts.length === 0) return this.#again()
    this.#saving = parts
    try {
      await this.#keepNow()
      return await this.#commit(parts, expect)
    } catch (error) {
      if (this.#saving.at(-1) === parts.at(-1)) this.#saving = []
      // Changed elsewhere at the same moment: that flows in, and then it is quiet again.
      if (error instanceof NexusError && error.failure.code === "operation-conflict") return this.#again()
      throw error
    }
  }

  /** Nobody types any more: what was written is kept, and saved if it works. */
  async rest(): Promise<void> {
    clearTimeout(this.#quiet)
    const source = this.text.toString()
    const works = source !== this.#refused && !("code" in this.#world.check(this.panel, source))
    if (this.text.saved || !works) {
      await this.#keepNow()
      return
    }
    try {
      await this.save()
    } catch (error) {
      if (!(error instanceof NexusError)) throw error
      this.#unsaved(source, error.failure)
    }
  }

  /** The panel is gone. */
  end(failure: Failure): void {
    const { workspace } = this.#world
    this.#tell({ kind: "document_closed", workspace, panel: this.panel, failure })
    this.#readers.clear()
    this.stop()
  }

  /** What is written and not yet kept, kept. */
  async close(): Promise<void> {
    await this.#keepNow()
    this.stop()
  }

  /** Nothing is written down or saved any more. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#quiet)
    clearTimeout(this.#keep)
  }

  get writers(): Writer[] {
    return [...this.#readers.values()].map(({ listener: { session, user, name, role }, selection }) => ({
      session,
      user,
      name,
      role,
      selection,
    }))
  }

  #taken(author: string, update: Uint8Array): Bytes | undefined {
    this.#author = author
    try {
      return this.text.apply(update)
    } finally {
      this.#author = undefined
    }
  }

  #allSaved(): void {
    this.#typists.clear()
    this.#words = new WordsBy(this.text.base, this.text.toString(), undefined)
  }

  #saveWhenQuiet(): void {
    clearTimeout(this.#quiet)
    if (this.#stopped) return
    this.#quiet = setTimeout(() => {
      this.rest().catch((error: unknown) => this.#log("a shared text was not saved", error))
    }, this.#world.quietMs).unref()
  }

  #unsaved(source: string, failure: Failure): void {
    // A journal that refuses is not the text's fault.
    if (failure.code === "unavailable") this.#saveWhenQuiet()
    else this.#refused = source
    this.#tell({ kind: "document_unsaved", workspace: this.#world.workspace, panel: this.panel, failure })
  }

  #parts(source: string, title: string): readonly Part[] {
    const textOf = (authors: ReadonlySet<string>) => this.#words.textOf(authors, this.#cut)
    const check = (words: string) => this.#world.check(this.panel, words)
    const typists = [...this.#typists.values()]
    return partsOf({
      typists,
      base: this.text.base,
      source,
      title,
      textOf,
      check,
      createId: () => createId("document"),
    })
  }

  /** All at once and in order, so that nothing of anybody else comes between; answers with the last one's seq. */
  async #commit(parts: readonly Part[], expect: string): Promise<number | undefined> {
    const { panel } = this
    let before = expect
    const commits = parts.map(({ actor, source, title, reason, submission }) => {
      const operation = { kind: "panel_source", panel, source, title, expect: before } as const
      before = source
      return this.#world.commit({ submission, cause: { actor, reason }, operations: [operation] })
    })
    return (await Promise.all(commits)).at(-1)
  }

  #again(): undefined {
    this.#saveWhenQuiet()
    return undefined
  }

  /** Writes the document down, behind what is being written; it goes on where that fails, and says so. */
  #keepNow(): Promise<void> {
    clearTimeout(this.#keep)
    this.#keep = undefined
    const { panel, text } = this
    const write = () => this.#world.records.save(panel, { text, typists: [...this.#typists.values()] }, this.#saving)
    this.#kept = this.#kept
      .then(() => (this.#stopped ? undefined : write()))
      .catch((error: unknown) => this.#log("a shared text was not written down", error))
    return this.#kept
  }

  #updated(update: Bytes): ServerMessage {
    const { workspace } = this.#world
    return { kind: "document_updated", workspace, panel: this.panel, document: this.text.id, update }
  }

  #tellWriters(except?: string): void {
    const { workspace } = this.#world
    this.#tell({ kind: "document_writers", workspace, panel: this.panel, writers: this.writers }, except)
  }

  #tell(message: ServerMessage, except?: string): void {
    const bytes = encodeMessage(message)
    for (const [session, { listener }] of this.#readers) if (session !== except) listener.deliver(bytes, true)
  }

  #log(message: string, error: unknown): void {
    this.#world.log(message, { workspace: this.#world.workspace, panel: this.panel, error: String(error) })
  }
}
