import type { Effect, HostCall, HostReply, Json } from "@nexus/protocol"
import { pathLabel } from "../timeline/path-label.ts"

const BRIEF = 120

function brief(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? "nothing"
  return text.length > BRIEF ? `${text.slice(0, BRIEF - 1)}…` : text
}

/** What a turn wants done, in words; what it logs is shown as a log. */
export function effectInWords(effect: Exclude<Effect, { kind: "log" }>): string {
  switch (effect.kind) {
    case "state_set":
      return `sets ${pathLabel(effect.path)} to ${brief(effect.value)}`
    case "state_unset":
      return `clears ${pathLabel(effect.path)}`
    case "state_splice":
      return `${spliceInWords(effect.remove.length, effect.insert)} ${pathLabel(effect.path)}`
    case "emit":
      return `tells “${effect.name}” with ${brief(effect.payload)}`
    case "view":
      return `${VIEW[effect.command]} ${brief(effect.argument)}`
  }
}

const VIEW = { toast: "shows the message", focus: "focuses", scrollTo: "scrolls to", open: "opens" } as const

function spliceInWords(removed: number, inserted: readonly Json[]): string {
  const [first] = inserted
  const added = inserted.length === 1 ? brief(first) : `${inserted.length} items`
  const gone = removed === 1 ? "1 item" : `${removed} items`
  if (removed === 0) return `adds ${added} to`
  return inserted.length === 0 ? `removes ${gone} from` : `puts ${added} in the place of ${gone} in`
}

/** A call as it is written in a handler: `http.fetch("https://…", { … })`. */
export function callInWords({ capability, method, args }: HostCall): string {
  return `${capability}.${method}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`
}

/** What came back, in words; `undefined` while nothing has. */
export function replyInWords(reply: HostReply | undefined): { readonly text: string; readonly failed: boolean } {
  if (!reply) return { text: "no answer yet", failed: false }
  if ("error" in reply) return { text: reply.error.message, failed: true }
  return { text: reply.value === null ? "done" : (JSON.stringify(reply.value) ?? "done"), failed: false }
}
