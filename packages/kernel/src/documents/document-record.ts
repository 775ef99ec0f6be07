import { Actor, Id } from "@nexus/protocol"
import { TextDocument } from "@nexus/reactor/text"
import * as z from "zod"
import type { ValueStore } from "../storage/journal.ts"

/**
 * What a kernel needs to go on with a document after its process is gone. The saved source alone would not do: the
 * identities of its characters cannot be made again from words, and who comes back with something typed meanwhile holds
 * it by these identities. So the document is written down beside the journal before anything of the kernel's own is
 * told. The journal stays the truth: it knows whether what was on its way arrived, and what was saved elsewhere flows in.
 */
const DocumentRecord = z.object({
  document: Id,
  /** The saved source that is in it. */
  base: z.string(),
  /** The texts that were on their way into the journal, in order, and as what. */
  saving: z.array(z.object({ source: z.string(), submission: Id })).exactOptional(),
  /** Who typed what is not saved, the last one last. */
  typists: z.array(Actor),
  state: z.base64(),
})

const SPACE = "documents"
/** A document that weighs much more than its words is made anew when nobody has it open. */
const LIGHT_BYTES = 64 * 1024
const HEAVIER_THAN_TEXT = 8

export interface KeptDocument {
  readonly text: TextDocument
  readonly typists: readonly Actor[]
}

/** A text on its way into the journal, by the id of its submission. */
export interface Saving {
  readonly source: string
  readonly submission: string
}

export interface DocumentRecords {
  /** As it was kept. */
  load(panel: string): Promise<KeptDocument | undefined>
  save(panel: string, kept: KeptDocument, saving?: readonly Saving[]): Promise<void>
  /** Nobody has it open: a saved document that has grown heavy is let go; others stay for who comes back. */
  rest(panel: string, text: TextDocument): Promise<void>
  remove(panel: string): Promise<void>
}

/** `committed` says whether a submission is in the journal. */
export function createDocumentRecords(
  values: ValueStore,
  workspace: string,
  committed: (submission: string) => Promise<boolean>,
): DocumentRecords {
  const remove: DocumentRecords["remove"] = (panel) => values.set(workspace, SPACE, panel, undefined)
  return {
    remove,
    save: (panel, { text, typists }, parts = []) => {
      const state = Buffer.from(text.since()).toString("base64")
      const saving = parts.map(({ source, submission }) => ({ source, submission }))
      const record = { document: text.id, base: text.base, state, typists, ...(parts.length > 0 ? { saving } : {}) }
      return values.set(workspace, SPACE, panel, JSON.stringify(record))
    },
    rest: async (panel, text) => {
      const heavy = text.since().byteLength > LIGHT_BYTES + HEAVIER_THAN_TEXT * text.text.length
      if (heavy && text.saved) await remove(panel)
    },
    load: async (panel) => {
      const kept = await values.get(workspace, SPACE, panel)
      if (kept === undefined) return undefined
      const { document, base, saving = [], state, typists } = DocumentRecord.parse(JSON.parse(kept))
      let inIt = base
      for (const { source, submission } of saving) if (await committed(submission)) inIt = source
      return { text: new TextDocument(document, inIt, Buffer.from(state, "base64")), typists }
    },
  }
}
