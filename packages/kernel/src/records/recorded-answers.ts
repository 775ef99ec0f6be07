import { equalJson, type HostCall, type HostReply, type Json, type RunRecord } from "@nexus/protocol"
import { sleepMsOf } from "../workspace/waiting/calls.ts"
import { withoutCredentials } from "./redact.ts"

/** What the outside said to a recorded run, for one that asks the same again, perhaps in another order. */
export interface RecordedAnswer {
  /** Absent where the recorded run was never answered. */
  readonly reply: HostReply | undefined
  /** The step that went on with it. */
  readonly step: number
}

interface Asked extends RecordedAnswer {
  readonly call: HostCall
}

/**
 * Answers calls by what they ask: the first that asks for something gets the first answer to it. A sleep of
 * another length is no new question: it is over when one of then was.
 */
export class RecordedAnswers {
  readonly #left: Asked[]

  constructor({ steps }: Pick<RunRecord, "steps">) {
    this.#left = steps.flatMap(({ outcome }) =>
      (outcome.calls ?? []).map((call) => {
        const step = steps.findIndex(({ replies }) => replies.some(({ id }) => id === call.id))
        return { call, step, reply: steps[step]?.replies.find(({ id }) => id === call.id) }
      }),
    )
  }

  /** The answer, under the id of this call; `undefined` when nothing like it was asked. */
  take(asked: HostCall): RecordedAnswer | undefined {
    const call = withoutCredentials(asked)
    const isSame = (other: HostCall) =>
      other.capability === call.capability && other.method === call.method && equalJson([...other.args], [...call.args])
    const sleeps = sleepMsOf(call) !== undefined
    const found = this.#first(isSame) ?? (sleeps ? this.#first((other) => sleepMsOf(other) !== undefined) : undefined)
    if (found) return { step: found.step, reply: found.reply && { ...found.reply, id: call.id } }
    return sleeps ? { step: -1, reply: { id: call.id, value: null } } : undefined
  }

  #first(wanted: (call: HostCall) => boolean): Asked | undefined {
    const index = this.#left.findIndex(({ call }) => wanted(call))
    return index < 0 ? undefined : this.#left.splice(index, 1)[0]
  }
}

/** A call as a person reads it. */
export function callText({ capability, method, args }: HostCall): string {
  const shown = args.map((arg: Json) => JSON.stringify(arg)).join(", ")
  return `${capability}.${method}(${shown.length > 120 ? `${shown.slice(0, 120)}…` : shown})`
}
