import { type Failure, type Json, NexusError, type Usage } from "@nexus/protocol"
import type { WorkspaceMirror } from "@nexus/reactor/client"
import { refusal } from "../connect/sentence.ts"
import { placeOf } from "../log/place.ts"
import { type ActivityStore, type LogLine, noteActivity, noteLog, whilePending } from "./activity.ts"

/**
 * The same mirror, with its two writing acts noted: requests on their way make "Saving…" true, runs make a panel's dot
 * live, and a refused capability keeps what was tried, so that granting can run it again. A living panel writes through
 * this too, hence a proxy and not a second way to write.
 */
export function observeMirror(mirror: WorkspaceMirror, activity: ActivityStore, clock: () => number): WorkspaceMirror {
  const submit: WorkspaceMirror["submit"] = (operations, reason, options) =>
    whilePending(activity, mirror.submit(operations, reason, options))

  const trigger: WorkspaceMirror["trigger"] = async (panel, handler, args, by) => {
    noteActivity(activity, panel, ({ running }) => ({ running: running + 1 }))
    const end = (failure?: Failure) =>
      noteActivity(activity, panel, ({ running }) => ({
        running: running - 1,
        failure,
        denied: deniedRun(failure, handler, args),
      }))
    const say = (level: LogLine["level"], message: string, rest: Partial<LogLine>) =>
      noteLog(activity, panel, { at: clock(), handler, level, message, ...rest })
    try {
      const finished = await whilePending(activity, mirror.trigger(panel, handler, args, by))
      const { failure, status, usage, run } = finished
      // How a run failed the kernel says to everybody, with the line; what never became a run it says to nobody.
      if (!failure) say("debug", status === "waiting" ? "waits" : `finished${tookText(usage)}`, { run })
      end(failure)
      return finished
    } catch (error) {
      const failure = error instanceof NexusError ? error.failure : undefined
      if (failure) say("error", refusal(failure), placeOf(failure))
      end(failure)
      throw error
    }
  }

  return new Proxy(mirror, {
    get(target, name) {
      if (name === "submit") return submit
      if (name === "trigger") return trigger
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === "function" ? value.bind(target) : value
    },
  })
}

function tookText(usage: Usage | undefined): string {
  return usage ? ` in ${usage.wallMs.toFixed(1)} ms` : ""
}

function deniedRun(failure: Failure | undefined, handler: string, args: Json) {
  return failure?.code === "capability-denied" ? { handler, args } : undefined
}
