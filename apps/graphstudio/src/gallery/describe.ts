import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Desk } from "../workspace/desk.ts"
import { studio } from "../workspace/studio.ts"

/** Asks the assistant for a panel in these words, and shows the talk; what comes back is a patch that waits for a review. */
export async function describePanel(desk: Desk, words: string): Promise<void> {
  studio.set({ gallery: false, drawer: "assistant" })
  const text = words.trim()
  if (text === "") return
  const { talkOf } = await import("../assistant/talk-of.ts")
  const talk = talkOf(desk)
  if (talk.store.getState().busy) {
    toast({ title: say("The assistant is still answering"), detail: say("Ask again when it is done.") })
    return
  }
  await talk.send(text, undefined)
}
