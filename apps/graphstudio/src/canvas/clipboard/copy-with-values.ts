import type { Graph } from "@nexus/protocol"
import { toast } from "../../ui/toasts.ts"
import { say } from "../../words/say.ts"
import { toEnvelope } from "./envelope.ts"
import { thingsIn } from "./things.ts"

/** Copies what is chosen with the values that are in it now; the keys alone copy without. */
export async function copyWithValues(graph: Graph, ids: readonly string[]): Promise<void> {
  try {
    await navigator.clipboard.writeText(toEnvelope(thingsIn(graph, ids, { values: true })))
    toast({
      title: say("{count, plural, one {Copied one panel with its values} other {Copied # panels with their values}}", {
        count: ids.length,
      }),
      detail: say("Paste it here or in another workspace."),
    })
  } catch {
    const detail = say(
      "This browser lets no page write to the clipboard by itself. Press Ctrl+C, which copies without values.",
    )
    toast({ tone: "wrong", title: say("Nothing was copied"), detail })
  }
}
