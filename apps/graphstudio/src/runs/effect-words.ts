import type { Effect, HostCall, HostReply, Json } from "@nexus/protocol"
import { pathLabel } from "../timeline/path-label.ts"
import { say, sayAgain } from "../words/say.ts"

const BRIEF = 120

function brief(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? say("nothing")
  return text.length > BRIEF ? `${text.slice(0, BRIEF - 1)}…` : text
}

/** What a turn wants done, in words; what it logs is shown as a log. */
export function effectInWords(effect: Exclude<Effect, { kind: "log" }>): string {
  switch (effect.kind) {
    case "state_set":
      return say("sets {path} to {value}", { path: pathLabel(effect.path), value: brief(effect.value) })
    case "state_unset":
      return say("clears {path}", { path: pathLabel(effect.path) })
    case "state_splice":
      return spliceInWords(pathLabel(effect.path), effect.remove.length, effect.insert)
    case "emit":
      return say("tells “{name}” with {payload}", { name: effect.name, payload: brief(effect.payload) })
    case "view":
      return `${VIEW[effect.command]} ${brief(effect.argument)}`
  }
}

const VIEW = {
  toast: say("shows the message"),
  focus: say("focuses"),
  scrollTo: say("scrolls to"),
  open: say("opens"),
} as const

function spliceInWords(path: string, removed: number, inserted: readonly Json[]): string {
  const [first] = inserted
  const added = inserted.length === 1 ? brief(first) : itemsInWords(inserted.length)
  const gone = itemsInWords(removed)
  if (removed === 0) return say("adds {added} to {path}", { added, path })
  if (inserted.length === 0) return say("removes {gone} from {path}", { gone, path })
  return say("puts {added} in the place of {gone} in {path}", { added, gone, path })
}

function itemsInWords(count: number): string {
  return say("{count, plural, one {# item} other {# items}}", { count })
}

/** A call as it is written in a handler: `http.fetch("https://…", { … })`. */
export function callInWords({ capability, method, args }: HostCall): string {
  return `${capability}.${method}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`
}

/** What came back, in words; `undefined` while nothing has. */
export function replyInWords(reply: HostReply | undefined): { readonly text: string; readonly failed: boolean } {
  if (!reply) return { text: say("no answer yet"), failed: false }
  if ("error" in reply) return { text: sayAgain(reply.error.message), failed: true }
  return { text: reply.value === null ? say("done") : (JSON.stringify(reply.value) ?? say("done")), failed: false }
}
