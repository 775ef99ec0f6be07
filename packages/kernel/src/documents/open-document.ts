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
import type { DocumentRecords, KeptDocument, Saving } from "./document-record.ts"

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
  #kept: Promise<void> = Promise.resolve()
  #quiet: NodeJS.Timeout | undefined
  #keep: NodeJS.Timeout | undefined
  /** The text on its way into the journal. */
  #saving: Saving | undefined
  /** A text that the workspace refused: it is not tried again by itself. */
  #refused: string | undefined
  #stopped = false

  constructor(panel: string, { text, typists }: KeptDocument, world: DocumentWorld) {
    this.panel = panel
    this.text = text
    this.#world = world
    for (const typist of typists) this.#typists.set(typist.id, typist)
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
    const news = this.text.apply(update)
    if (!news) return
    const { user: id, name } = reader.listener
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
    const ours = source === this.#saving?.source
    if (ours) this.text.base = source
    const update = ours ? undefined : this.text.follow(source)
    this.#saving = undefined
    if (this.text.saved) this.#typists.clear()
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
    const cause = this.#cause(checked.title)
    if (!cause || this.#saving !== undefined) return this.#again()
    const saving = { source, submission: createId("document") }
    this.#saving = saving
    try {
      await this.#keepNow()
      const { title } = checked
      const operation = { kind: "panel_source", panel, source, title, expect } as const
      return await this.#world.commit({ submission: saving.submission, cause, operations: [operation] })
    } catch (error) {
      if (this.#saving === saving) this.#saving = undefined
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

  /** Who typed last did it; the others are named. */
  #cause(title: string): Submission["cause"] | undefined {
    const actor = [...this.#typists.values()].at(-1)
    if (!actor) return undefined
    const others = [...this.#typists.values()].slice(0, -1).map(({ name }) => name)
    const reason = others.length > 0 ? `edited ${title} with ${others.join(", ")}` : `edited ${title}`
    return { actor, reason: reason.slice(0, 400) }
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
