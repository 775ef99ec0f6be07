import type { HostReply } from "@nexus/protocol"
import { seedChance } from "./chance.ts"
import { log, outbox, settleReplies, shown } from "./outbox.ts"
import { cut, exposeGetter, followed, GuestError, jsonOf, parse, stringify, toText } from "./primordials.ts"
import { changedAfterwards, enterWorld, type World } from "./world.ts"

/**
 * The only two functions the host calls. `turn` starts or continues the run; the host then runs the pending jobs;
 * `collect` says how the turn ended and hands over everything it asked for, as lengths and the texts they measure.
 * A run that returned or threw while it had just queued calls still hands them over: nothing asked for is lost.
 */
interface TurnInput extends World {
  readonly args: unknown
  readonly seed: number
  readonly replies?: readonly HostReply[]
  readonly effectBytes: number
  readonly hostCalls: number
}

const run = {
  __proto__: null,
  args: undefined as unknown,
  status: "running" as "running" | "finished" | "failed",
  text: "",
}

exposeGetter("$args", () => run.args)

/** Starts the run by calling `handler`, or goes on with it when there is none. */
export function turn(input: string, handler?: () => Promise<unknown>): void {
  const next = parse(input) as TurnInput
  outbox.effects = ""
  outbox.calls = ""
  enterWorld(next)
  if (!handler) {
    settleReplies(next.replies ?? [])
    return
  }
  outbox.effectLimit = next.effectBytes
  outbox.callLimit = next.hostCalls
  seedChance(next.seed)
  run.args = next.args
  followed(handler(), finish, fail)
}

function finish(value: unknown): void {
  try {
    run.text = jsonOf(value)
    warnOfLostChange()
    run.status = "finished"
  } catch (reason) {
    fail(reason)
  }
}

function warnOfLostChange(): void {
  const where = changedAfterwards()
  if (where === "" || outbox.effectLimit - outbox.effects.length < 1000) return
  const rest = "the state holds it as it was then. Change it through $state instead."
  log("warn", [cut("What was put at " + where + " was changed afterwards; " + rest, 400)], "")
}

function fail(reason: unknown): void {
  run.text = described(reason)
  run.status = "failed"
}

/** JSON of `{ name, message, stack }`, cut to what a person reads. */
function described(reason: unknown): string {
  let name = ""
  let message = ""
  let stack = ""
  try {
    if (reason instanceof GuestError) {
      name = cut(toText(reason.name), 100)
      message = cut(toText(reason.message), 2000)
      stack = cut(toText(reason.stack ?? ""), 4000)
    } else message = cut("threw " + shown(reason), 2000)
  } catch {
    message = "threw a value that cannot be read"
  }
  return '{"name":' + stringify(name) + ',"message":' + stringify(message) + ',"stack":' + stringify(stack) + "}"
}

function statusOfTurn(): string {
  if (run.status === "failed") return "failed"
  if (run.status === "finished" && outbox.calls === "") return "finished"
  return outbox.waitingCount > 0 ? "waiting" : "stuck"
}

/** `status,exceeded,calls,textLength,effectsLength,callsLength` and a newline, then the three texts. */
export function collect(): string {
  const effects = "[" + outbox.effects + "]"
  const calls = "[" + outbox.calls + "]"
  const status = statusOfTurn()
  const text = status === "finished" || status === "failed" ? run.text : ""
  const lengths = text.length + "," + effects.length + "," + calls.length
  return status + "," + outbox.exceeded + "," + outbox.callCount + "," + lengths + "\n" + text + effects + calls
}
