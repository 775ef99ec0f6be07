import { type Json, type JsonObject, NexusError } from "@nexus/protocol"
import type { HandlerFinished } from "@nexus/reactor/client"
import { useState } from "react"
import { refusal, sentence } from "../connect/sentence.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { keepArguments } from "./recent-arguments.ts"

/** How a run from here stands. `denied`: it was refused a right that a person can give. */
export type RunnerState =
  | { readonly is: "ready" }
  | { readonly is: "running"; readonly since: number }
  | { readonly is: "ended"; readonly finished: HandlerFinished; readonly denied: boolean }
  | { readonly is: "refused"; readonly why: string; readonly denied: boolean }

/** Runs a handler as an event of the panel does: a real run, with its rights, its effects and its record. */
export function useRunner(panel: string, handler: string) {
  const desk = useDesk()
  const [state, setState] = useState<RunnerState>({ is: "ready" })

  const run = async (args: JsonObject): Promise<void> => {
    keepArguments(panel, handler, args)
    setState({ is: "running", since: Date.now() })
    try {
      const finished = await desk.mirror.trigger(panel, handler, args as Json)
      if (finished.session) desk.mirror.session(panel).merge(finished.session)
      setState({ is: "ended", finished, denied: finished.failure?.code === "capability-denied" })
    } catch (error) {
      const failure = error instanceof NexusError ? error.failure : undefined
      const why = failure ? refusal(failure) : sentence(error)
      setState({ is: "refused", why, denied: failure?.code === "capability-denied" })
    }
  }

  /** Gives the rights and runs; `once` takes them back when it has ended, however it did. */
  const grantAndRun = async (grants: readonly string[], args: JsonObject, once: boolean): Promise<void> => {
    const title = desk.mirror.graph.panel(panel)?.properties.title ?? ""
    const operations = (granted: boolean) =>
      grants.map((grant) => ({ kind: "panel_grant" as const, panel, grant, granted }))
    const words = grants.join(", ")
    if (!(await desk.submit(operations(true), `granted ${words} to ${title}${once ? " for one run" : ""}`))) return
    try {
      await run(args)
    } finally {
      if (once) await desk.submit(operations(false), `took ${words} back from ${title} after one run`)
    }
  }

  return { state, run, grantAndRun }
}
