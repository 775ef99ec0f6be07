import { createId, type Failure, NexusError, type TextSelection, type Writer } from "@nexus/protocol"
import * as Y from "yjs"
import type { DocumentNews, WorkspaceMirror } from "../client/workspace-mirror.ts"
import { rebaseEdits } from "./rebase-edits.ts"
import { textDifference } from "./text-difference.ts"
import { type Bytes, TextDocument, toText } from "./text-document.ts"
import { type KeptText, type TextKeeper, TextKeeping } from "./text-keeping.ts"

/** What a shared text needs of its workspace. */
export type SharedTextLine = Pick<WorkspaceMirror, "workspace" | "viewer" | "sendDocument" | "onDocument">

export interface SharedTextOptions {
  readonly line: SharedTextLine
  readonly panel: string
  /** The panel's source as this client knows it: what the text is until the kernel has answered. */
  readonly source: string
  /** A viewer reads along; what they type is never sent. */
  readonly mayWrite: () => boolean
  /** How long keys and cursors are gathered into one message. */
  readonly gatherMs?: number
  /** Keeps what is typed without a line for when the page is gone; without one it lives in the page alone. */
  readonly keeper?: TextKeeper
}

const GATHER_MS = 40
const EMPTY_UPDATE_BYTES = 2
/** A text that is put out of its document this often in a row cannot be healed by opening it again. */
const MOST_REOPENINGS = 3

/**
 * One panel's source, written together with others: this client's end of the kernel's document. It can be written in
 * from its first moment and without a line; what was typed meanwhile is sent when both have said what they have. When the
 * kernel's document is another than the one that was written in (nobody had it open for long), what was typed here and
 * not saved goes over as edits of the words. What an earlier page typed without a line is brought in from its keeper.
 */
export class SharedText {
  readonly panel: string
  readonly #options: SharedTextOptions
  #document: TextDocument
  /** The panel's source in the workspace; it is in the document when that is live. */
  #source: string
  readonly #keeping: TextKeeping | undefined
  readonly #broughtIn: Promise<void>
  #live = false
  #lineOpen = false
  #ended = false
  #opening: string | undefined
  #reopenings = 0
  #pending: Bytes[] = []
  #selection: TextSelection | null = null
  #selectionDue = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #writers: readonly Writer[] = []
  #failure: Failure | undefined
  readonly #saves = new Map<string, PromiseWithResolvers<void>>()
  readonly #listeners = new Set<() => void>()
  readonly #replaced = new Set<(document: TextDocument) => void>()
  #closing: PromiseWithResolvers<void> | undefined
  readonly #stop: () => void

  constructor(options: SharedTextOptions) {
    this.#options = options
    this.panel = options.panel
    this.#source = options.source
    this.#document = new TextDocument(createId("local"), options.source)
    this.#listen()
    const { keeper } = options
    this.#keeping =
      keeper &&
      new TextKeeping(
        keeper,
        () => this.#document,
        () => this.#tell(),
      )
    this.#broughtIn = this.#bringIn()
    this.#stop = options.line.onDocument(options.panel, (news) => this.#hear(news))
  }

  /** The text as it is here; another one after `onReplaced`. */
  get document(): TextDocument {
    return this.#document
  }

  /** Others see what is typed here, and the other way round. */
  get live(): boolean {
    return this.#live
  }

  /** What the kernel does not have would be here again if the page ended now. */
  get safe(): boolean {
    return this.#keeping?.safe === true
  }

  /** The browser has no room for what the kernel does not have, or gives none. */
  get unkept(): boolean {
    return this.#keeping?.failed === true
  }

  /** Everybody who has it open, this session too. */
  get writers(): readonly Writer[] {
    return this.#writers
  }

  /** It was let go: another is needed. */
  get ended(): boolean {
    return this.#ended
  }

  /** Everybody but this session. */
  get others(): readonly Writer[] {
    return this.#writers.filter(({ session }) => session !== this.#options.line.viewer?.session)
  }

  /** Why it could not be opened or saved, until it can. */
  get failure(): Failure | undefined {
    return this.#failure
  }

  /** After another writer, cursor, failure or line. */
  onNews(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The identities are others: an editor must tie itself to the new text, which is told before the old one ends. */
  onReplaced(listener: (document: TextDocument) => void): () => void {
    this.#replaced.add(listener)
    return () => this.#replaced.delete(listener)
  }

  setSelection(selection: TextSelection | null): void {
    this.#selection = selection
    this.#selectionDue = true
    this.#sendSoon()
  }

  /** The panel's source is this now, as the workspace says. */
  sourceIs(source: string): void {
    this.#source = source
    // A panel that was removed and is back goes on with what was typed into it meanwhile.
    if (this.#failure?.code === "not-found" && this.#lineOpen && !this.#opening) this.#open()
    if (this.#live) this.#document.base = source
    if (this.#failure && this.#document.saved) this.#failure = undefined
    if (this.#live && this.#document.saved) this.#keeping?.acknowledged()
    this.#tell()
  }

  /** Its words are somewhere else by now, such as in another panel: there is nothing left to send or to keep. */
  settled(): void {
    this.#document.base = this.#document.toString()
    this.#pending = []
    this.#keeping?.acknowledged()
    this.#tell()
  }

  /** Saves it with everybody's typing in it. Throws `NexusError` when it cannot be saved, or not now. */
  async save(): Promise<void> {
    if (!this.#live) {
      const detail = "there is no connection. What you write is kept here and saved when it is back."
      throw new NexusError({ code: "unavailable", what: "Saving", detail })
    }
    this.#send()
    const ref = createId("document")
    const saved = Promise.withResolvers<void>()
    this.#saves.set(ref, saved)
    this.#options.line.sendDocument({ kind: "document_save", workspace: this.#workspace, panel: this.panel, ref })
    return saved.promise
  }

  /** Lets it go when the kernel has everything that was typed here: at once, or when there is a line again. */
  close(): Promise<void> {
    this.#closing ??= Promise.withResolvers<void>()
    this.setSelection(null)
    if (this.#live) this.#sayClose()
    else this.#broughtIn.then(() => this.#closing && !this.#live && this.#document.saved && this.#end())
    return this.#closing.promise
  }

  /** Somebody opened it again before it was let go. */
  reopen(): void {
    if (!this.#closing) return
    this.#closing = undefined
    if (this.#lineOpen) this.#open()
  }

  get #workspace(): string {
    return this.#options.line.workspace
  }

  #listen(): void {
    this.#document.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === this || !this.#options.mayWrite()) return
      if (this.#live) this.#pending.push(new Uint8Array(update))
      else this.#keeping?.typed()
      this.#sendSoon()
    })
  }

  #hear(news: DocumentNews): void {
    switch (news.kind) {
      case "line":
        this.#lineIs(news.open)
        return
      case "document_opened":
        if (news.ref === this.#opening) this.#opened(news)
        return
      case "document_updated":
        if (this.#live && news.document === this.#document.id) this.#document.apply(news.update, this)
        return
      case "document_writers":
        this.#writers = news.writers
        break
      case "document_awareness": {
        const { session, selection } = news
        this.#writers = this.#writers.map((writer) => (writer.session === session ? { ...writer, selection } : writer))
        break
      }
      case "document_unsaved":
        this.#failure = news.failure
        break
      case "document_closed":
        this.#closed(news.failure)
        break
      case "accepted":
        this.#failure = this.#saves.has(news.ref) ? undefined : this.#failure
        this.#saves.get(news.ref)?.resolve()
        this.#saves.delete(news.ref)
        return
      case "rejected":
        this.#refused(news.ref, news.failure)
        break
    }
    this.#tell()
  }

  #lineIs(open: boolean): void {
    if (this.#live && !this.#document.saved && this.#options.mayWrite()) this.#keeping?.typed()
    this.#lineOpen = open
    this.#live = false
    this.#reopenings = 0
    this.#pending = []
    this.#opening = undefined
    this.#writers = []
    const detail = "the connection broke. What you wrote is kept here and saved when it is back."
    for (const save of this.#saves.values())
      save.reject(new NexusError({ code: "unavailable", what: "Saving", detail }))
    this.#saves.clear()
    if (open) this.#open()
    this.#tell()
  }

  #open(): void {
    this.#opening = createId("document")
    const { id: document, vector } = this.#document
    const asked = { workspace: this.#workspace, panel: this.panel, document, vector, ref: this.#opening }
    this.#options.line.sendDocument({ kind: "document_open", ...asked })
  }

  #opened({ document, update, vector, writers }: Extract<DocumentNews, { kind: "document_opened" }>): void {
    this.#opening = undefined
    const same = document === this.#document.id
    if (same) this.#document.apply(update, this)
    else this.#moveTo(document, update)
    this.#document.base = this.#source
    this.#live = true
    this.#writers = writers
    if (this.#failure?.code === "not-found") this.#failure = undefined
    const missing = this.#document.since(vector)
    if (this.#options.mayWrite() && missing.byteLength > EMPTY_UPDATE_BYTES) this.#pending = [missing]
    this.#selectionDue = this.#selection !== null
    this.#send()
    if (this.#closing) this.#sayClose()
    this.#tell()
  }

  /** The kernel's document is another: what was typed here and not saved is typed into it anew. */
  #moveTo(id: string, state: Bytes): void {
    const before = this.#document
    const next = new TextDocument(id, this.#source, state)
    const base = toText(before.base)
    const typed = this.#options.mayWrite() ? textDifference(base, before.toString()) : []
    next.edit(rebaseEdits(typed, textDifference(base, next.toString())))
    this.#replaceBy(next)
  }

  #replaceBy(next: TextDocument): void {
    const before = this.#document
    this.#document = next
    this.#listen()
    for (const told of this.#replaced) told(next)
    before.close()
  }

  async #bringIn(): Promise<void> {
    const left = (await this.#keeping?.load().catch(() => undefined)) ?? []
    for (const kept of left) if (!this.#ended && this.#options.mayWrite()) this.#adopt(kept)
  }

  /** What a page before this one typed: by its own identities where nothing else is here yet, else as edits of the words. */
  #adopt({ document: id, base, state }: KeptText): void {
    const own = this.#document
    if (id === own.id) {
      own.apply(state)
      return
    }
    const kept = new TextDocument(id, base, state)
    if (own.saved && !this.#live) {
      this.#replaceBy(kept)
      if (this.#lineOpen) this.#open()
      this.#tell()
      return
    }
    const words = toText(base)
    const typed = textDifference(words, kept.toString())
    own.edit(rebaseEdits(typed, textDifference(words, own.toString())))
    kept.close()
  }

  /** `undefined` answers what was asked; a failure is the kernel's own doing. */
  #closed(failure: Failure | undefined): void {
    this.#live = false
    this.#writers = []
    if (!failure) {
      this.#keeping?.acknowledged()
      if (this.#closing) this.#end()
      return
    }
    this.#failure = failure
    this.#pending = []
    if (!this.#document.saved && this.#options.mayWrite()) this.#keeping?.typed()
    if (failure.code === "not-found" && this.#closing) {
      this.#end()
      return
    }
    // An update did not arrive, or was not understood: both say again what they have.
    const heals = failure.code === "invalid-input" && this.#reopenings < MOST_REOPENINGS
    this.#reopenings += 1
    if (heals && this.#lineOpen) this.#open()
  }

  #refused(ref: string, failure: Failure): void {
    const save = this.#saves.get(ref)
    this.#saves.delete(ref)
    save?.reject(new NexusError(failure))
    if (ref === this.#opening) this.#failure = failure
  }

  #sayClose(): void {
    this.#send()
    this.#options.line.sendDocument({ kind: "document_close", workspace: this.#workspace, panel: this.panel })
  }

  #end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
    this.#stop()
    this.#listeners.clear()
    this.#document.close()
    this.#closing?.resolve()
  }

  #sendSoon(): void {
    this.#timer ??= setTimeout(() => this.#send(), this.#options.gatherMs ?? GATHER_MS)
  }

  #send(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#live) return
    const { panel } = this
    const workspace = this.#workspace
    const [first, ...more] = this.#pending
    this.#pending = []
    if (first) {
      const update = more.length > 0 ? new Uint8Array(Y.mergeUpdates([first, ...more])) : first
      const { id: document } = this.#document
      this.#options.line.sendDocument({ kind: "document_update", workspace, panel, document, update })
    }
    if (!this.#selectionDue) return
    this.#selectionDue = false
    this.#options.line.sendDocument({ kind: "document_awareness", workspace, panel, selection: this.#selection })
  }

  #tell(): void {
    for (const told of [...this.#listeners]) told()
  }
}
