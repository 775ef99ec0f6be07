import { type HostCall, type Json, NexusError, Role } from "@nexus/protocol"
import * as z from "zod"
import type { Methods } from "./host-context.ts"

/**
 * `nexus.ask(question, { options?, role? })`: a member answers, in minutes or in weeks. Nobody in the kernel works on such
 * a call: it stands with the waiting run (`workspace/waiting`), and its answer comes from there. What comes here is only
 * what may not be asked.
 */
const MOST_OPTIONS = 20
const Asked = z.tuple([
  z.string().min(1, "a question has words").max(2000),
  z
    .strictObject({
      /** What can be answered; without it, any text. */
      options: z.array(z.string().min(1).max(200)).min(1).max(MOST_OPTIONS).exactOptional(),
      /** The least that a member must be to answer. */
      role: Role.default("editor"),
    })
    .prefault({}),
])

export interface Asking {
  readonly question: string
  readonly options?: readonly string[]
  readonly role: Role
}

/** The question of a call; `undefined` for another call, and for a question that cannot be asked. */
export function askingOf({ capability, method, args }: HostCall): Asking | undefined {
  if (capability !== "ask" || method !== "ask") return undefined
  const asked = read(args)
  return asked.success ? { question: asked.data[0], ...asked.data[1] } : undefined
}

export const ask: Methods = {
  ask: async (args, { allow }) => {
    allow({ type: "ask", scope: "" })
    const asked = read(args)
    const detail = asked.success ? "nobody can be asked here" : (asked.error.issues[0]?.message ?? "not a question")
    throw new NexusError({ code: "invalid-input", detail: `ask takes a question and { options, role }: ${detail}` })
  },
}

function read([question, options]: readonly Json[]) {
  return Asked.safeParse([question, options ?? {}])
}
