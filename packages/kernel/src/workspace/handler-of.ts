import { type Handler, type Lifecycle, NexusError, type Panel } from "@nexus/protocol"
import type { TriggerRequest } from "./workspace.ts"

/** These run what the panel's source says, and no other handler. */
const LIFECYCLES: ReadonlySet<string> = new Set<Lifecycle["on"]>(["mount", "unmount", "change", "schedule"])

/** The handler that a request names. Throws `handler-unknown`, and `invalid-input` for a lifecycle that is not declared. */
export function handlerOf(
  { handlers, lifecycles }: Panel,
  { panel, handler: wanted, trigger }: Pick<TriggerRequest, "panel" | "handler" | "trigger">,
): Handler {
  if (LIFECYCLES.has(trigger) && !lifecycles.some(({ on, run }) => on === trigger && run === wanted)) {
    const detail = `the panel declares no <Lifecycle on="${trigger}" run="${wanted}"/>`
    throw new NexusError({ code: "invalid-input", detail, path: "trigger" })
  }
  const handler = handlers.find(({ name }) => name === wanted)
  if (handler) return handler
  throw new NexusError({ code: "handler-unknown", panel, handler: wanted, known: handlers.map(({ name }) => name) })
}
