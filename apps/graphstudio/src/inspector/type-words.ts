import type { StateType } from "@nexus/protocol"
import { say } from "../words/say.ts"

/** What a value may be, as it is said beside it; in a source the types keep their own names. */
export const TYPE_WORDS: Readonly<Record<StateType, string>> = {
  string: say("string"),
  number: say("number"),
  boolean: say("boolean"),
  list: say("list"),
  object: say("object"),
}
