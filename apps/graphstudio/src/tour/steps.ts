import { say } from "../words/say.ts"
import type { StepName } from "./progress.ts"

interface Step {
  readonly title: string
  /** Where it is done, and why one would. */
  readonly text: string
  /** The usual key that does it too. */
  readonly shortcut?: string
}

/** What the tour asks a person to do themselves, in the order it asks. */
export const STEP_WORDS: Readonly<Record<StepName, Step>> = {
  press: {
    title: say("Press something in a panel"),
    text: say("A panel is no picture: its buttons work where it lies, and everybody here sees the same at once."),
  },
  why: {
    title: say("Ask why a value is what it is"),
    text: say(
      "Choose a panel by its title. Beside each of its values stands “Why?”: who or what made it so, and when.",
    ),
  },
  add: {
    title: say("Add a panel from the gallery"),
    text: say("They all work in their preview. What a panel wants to reach outside, it asks you for first."),
    shortcut: "N",
  },
  undo: {
    title: say("Take that back"),
    text: say("Undo takes back your own last step, and never what somebody else did. Try anything; it can be undone."),
    shortcut: "Mod+Z",
  },
  travel: {
    title: say("Go back in time, and return"),
    text: say("Open Time and step to an earlier change: the whole canvas turns to it. Then press “Back to now”."),
    shortcut: "T",
  },
  palette: {
    title: say("Open the palette"),
    text: say("Whatever the studio can do is found there by typing. If you keep one key in mind, keep this one."),
    shortcut: "Mod+K",
  },
}
