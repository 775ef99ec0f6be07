import type { Effect, HostReply, Json, Outcome, RunRequest } from "@nexus/protocol"
import type { TurnsHere } from "../../src/client/index.ts"

const usage = { wallMs: 1, cpuMs: 1, memoryBytes: 1, hostCalls: 0 }

/** What a handler of the tests does with a turn, in the place of a sandbox. */
export type Play = (request: RunRequest, replies?: readonly HostReply[]) => Outcome

export const finished = (value: Json, ...effects: Effect[]): Outcome => ({ status: "finished", value, effects, usage })
export const failed = (message: string): Outcome => ({
  status: "failed",
  failure: { code: "handler-failed", handler: "act", message },
  effects: [],
  usage,
})
export const asks = (capability: string, ...effects: Effect[]): Outcome => ({
  status: "waiting",
  calls: [{ id: 1, capability, method: "fetch", args: [] }],
  effects,
  usage,
})

/** Turns by the handler's source; `waiting` are those that were neither resumed nor discarded. */
export function turnsOf(plays: {
  readonly [source: string]: Play
}): TurnsHere & { readonly waiting: ReadonlySet<string> } {
  const waiting = new Map<string, RunRequest>()
  const play = (request: RunRequest, replies?: readonly HostReply[]) => {
    const outcome = plays[request.source.trim()]?.(request, replies)
    if (!outcome) throw new Error(`no play for ${request.source}`)
    if (outcome.status === "waiting") waiting.set(request.id, request)
    return outcome
  }
  return {
    get waiting() {
      return new Set(waiting.keys())
    },
    run: async (request) => play(request),
    async resume({ id, replies, input }) {
      const request = waiting.get(id)
      if (!request) throw new Error(`${id} does not wait`)
      waiting.delete(id)
      return play({ ...request, input: { ...request.input, ...input } }, replies)
    },
    discard: (id) => void waiting.delete(id),
  }
}
