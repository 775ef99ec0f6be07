import { NexusError } from "@nexus/protocol"
import { applyEdits, type TextEdit, toOperations } from "@nexus/reactor/language"
import { rebaseEdits, textDifference } from "@nexus/reactor/text"
import { sentence } from "../connect/sentence.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Desk } from "../workspace/desk.ts"
import { documentOf } from "./panel-document.ts"

/** Somebody may save in between more than once; then it is theirs to say what the text is. */
const MOST_TRIES = 3

export interface SourceEdit {
  readonly panel: string
  /** What the edits were made for. */
  readonly source: string
  readonly edits: readonly TextEdit[]
  readonly reason: string
  /** Edits in a row with the same group are undone together, such as the keys in one field. */
  readonly group?: string
}

/**
 * Makes edits to a panel's text as a change like any other: it shows at once, has an inverse, and expects the text it was
 * made for. Whoever types in the source meanwhile gets it into their text by its words. When somebody saved another text
 * before it arrived, the same edits are made to that one. Answers whether it was kept.
 */
export async function editSource(desk: Desk, edit: SourceEdit): Promise<boolean> {
  const { panel, reason, group } = edit
  let { source, edits } = edit
  for (let tries = 1; ; tries += 1) {
    const operations = toOperations(panel, source, edits)
    if (operations.length === 0) return true
    try {
      await desk.mirror.submit(operations, reason, group === undefined ? {} : { group })
      return true
    } catch (error) {
      const now = desk.mirror.graph.panel(panel)?.properties.source
      const overtaken = error instanceof NexusError && error.failure.code === "operation-conflict"
      if (!overtaken || now === undefined || now === source || tries === MOST_TRIES) {
        toast({ tone: "wrong", title: say("That was not saved"), detail: sentence(error) })
        return false
      }
      edits = rebaseEdits(edits, textDifference(source, now))
      source = now
      if (breaks(desk, source, edits)) {
        const detail = say("Somebody changed the same place meanwhile. Look at it, and do it again.")
        toast({ tone: "wrong", title: say("That was not saved"), detail })
        return false
      }
    }
  }
}

/** Where the place of an edit is gone, its words would stand in the middle of something else. */
function breaks(desk: Desk, source: string, edits: readonly TextEdit[]): boolean {
  const wrong = (text: string) =>
    documentOf(desk, text).parsed.diagnostics.filter(({ severity }) => severity === "error").length
  return wrong(applyEdits(source, edits)) > wrong(source)
}
