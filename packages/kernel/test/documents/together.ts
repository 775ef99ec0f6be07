import { type ClientMessage, decodeServerMessage, encodeMessage, NexusError, type Role } from "@nexus/protocol"
import type { DocumentNews, DocumentRequest, Viewer } from "@nexus/reactor/client"
import { type KeptText, SharedText, type SharedTextLine, type TextKeeper } from "@nexus/reactor/text"
import type { Documents } from "../../src/documents/documents.ts"
import type { Listener } from "../../src/workspace/audience.ts"

/**
 * One person's line to a kernel's documents, by frames as the socket carries them, which wait until the test lets them
 * through: late, or never when the line breaks.
 */
export class HandLine implements SharedTextLine {
  readonly workspace = "w"
  readonly #name: string
  readonly #documents: () => Documents
  readonly role: Role
  #session = 0
  #open = false
  #toKernel: ClientMessage[] = []
  #toClient: Uint8Array[] = []
  #heard: ((news: DocumentNews) => void) | undefined

  constructor(name: string, documents: () => Documents, role: Role = "editor") {
    this.#name = name
    this.#documents = documents
    this.role = role
  }

  get viewer(): Viewer {
    return { session: this.#id, user: this.#name.toLowerCase(), name: this.#name }
  }

  get open(): boolean {
    return this.#open
  }

  get waiting(): number {
    return this.#toKernel.length + this.#toClient.length
  }

  sendDocument(message: DocumentRequest): void {
    if (this.#open) this.#toKernel.push(message)
  }

  onDocument(_panel: string, listener: (news: DocumentNews) => void): () => void {
    this.#heard = listener
    listener({ kind: "line", open: this.#open })
    return () => {
      this.#heard = undefined
    }
  }

  connect(): void {
    if (this.#open) return
    this.#open = true
    this.#session += 1
    this.#heard?.({ kind: "line", open: true })
  }

  /** What was under way is lost, both ways. */
  disconnect(): void {
    if (!this.#open) return
    this.#documents().leave(this.#id)
    this.crash()
  }

  /** The same, and no kernel hears of it. */
  crash(): void {
    if (!this.#open) return
    this.#open = false
    this.#toKernel = []
    this.#toClient = []
    this.#heard?.({ kind: "line", open: false })
  }

  /** The next frame of one direction arrives. */
  async pass(direction: "to kernel" | "to client"): Promise<void> {
    if (direction === "to kernel") await this.#arrive(this.#toKernel.shift())
    else this.#hear(this.#toClient.shift())
  }

  get #id(): string {
    return `${this.#name}.${this.#session}`
  }

  #hear(bytes: Uint8Array | undefined): void {
    if (!bytes) return
    const message = decodeServerMessage(bytes)
    switch (message.kind) {
      case "document_opened":
      case "document_updated":
      case "document_writers":
      case "document_awareness":
      case "document_unsaved":
      case "document_closed":
      case "accepted":
      case "rejected":
        this.#heard?.(message)
        return
      default:
        throw new Error(`a document's line carries no ${message.kind}`)
    }
  }

  async #arrive(message: ClientMessage | undefined): Promise<void> {
    const documents = this.#documents()
    switch (message?.kind) {
      case "document_open":
        await documents.open(this.#listener(), message)
        return
      case "document_update":
        try {
          documents.update(this.#id, message.panel, message.document, message.update)
        } catch (error) {
          if (!(error instanceof NexusError)) throw error
          const { workspace, panel } = message
          documents.leave(this.#id, panel)
          this.#toClient.push(encodeMessage({ kind: "document_closed", workspace, panel, failure: error.failure }))
        }
        return
      case "document_awareness":
        documents.setSelection(this.#id, message.panel, message.selection)
        return
      case "document_save": {
        const { ref, panel } = message
        try {
          const seq = (await documents.save(panel)) ?? 0
          this.#toClient.push(encodeMessage({ kind: "accepted", ref, seq }))
        } catch (error) {
          if (!(error instanceof NexusError)) throw error
          this.#toClient.push(encodeMessage({ kind: "rejected", ref, failure: error.failure }))
        }
        return
      }
      case "document_close": {
        const { workspace, panel } = message
        await documents.close(this.#id, panel)
        this.#toClient.push(encodeMessage({ kind: "document_closed", workspace, panel }))
        return
      }
      default:
    }
  }

  #listener(): Listener {
    const session = this.#id
    return {
      session,
      user: this.#name.toLowerCase(),
      name: this.#name,
      role: this.role,
      presence: {},
      deliver: (bytes) => {
        if (this.#open && session === this.#id) this.#toClient.push(bytes)
      },
      onRole: () => undefined,
    }
  }
}

/** Somebody at an editor, and the line that the test holds. */
export function writer(
  name: string,
  documents: () => Documents,
  source: string,
  role: Role = "editor",
  keeper?: TextKeeper,
) {
  const line = new HandLine(name, documents, role)
  const mayWrite = () => role !== "viewer"
  const text = new SharedText({ line, panel: "p", source, mayWrite, gatherMs: 0, ...(keeper ? { keeper } : {}) })
  return {
    name,
    line,
    text,
    says: () => text.document.toString(),
    type(offset: number, typed: string, length = 0): void {
      text.document.edit([{ offset, length, text: typed }])
    },
  }
}

export type Writing = ReturnType<typeof writer>

/** Lets everything through until nothing is under way, and the gathering timers have had their turn. */
export async function settle(writers: readonly Writing[]): Promise<void> {
  for (let quiet = 0, turns = 0; quiet < 3; turns += 1) {
    if (turns > 2000) throw new Error("the lines never fall quiet")
    await new Promise((resolve) => setTimeout(resolve, 1))
    const busy = writers.filter(({ line }) => line.waiting > 0)
    quiet = busy.length === 0 ? quiet + 1 : 0
    for (const { line } of busy) {
      await line.pass("to kernel")
      await line.pass("to client")
    }
  }
}

/** What one browser keeps of one text, whichever of its pages does it. `full` is when it takes nothing more. */
export function keeper(): TextKeeper & { readonly kept: Map<string, KeptText>; full: boolean } {
  const kept = new Map<string, KeptText>()
  return {
    kept,
    full: false,
    load: async () => [...kept.values()],
    async save(text) {
      if (this.full) throw new Error("QuotaExceededError")
      kept.set(text.document, { ...text, state: text.state.slice() })
    },
    remove: async () => kept.clear(),
  }
}
