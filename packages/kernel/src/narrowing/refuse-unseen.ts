import { type Endpoint, NexusError } from "@nexus/protocol"
import type { Workspaces } from "../workspace/workspaces.ts"

/** They tell of the whole workspace, as it was or as a handler saw it, and cannot leave a part out. */
const WHOLE: ReadonlySet<Endpoint["tag"]> = new Set(["versions", "time"])
const WHOLE_BY_NAME: ReadonlySet<string> = new Set(["listRunRecords", "readRunRecord"])

/**
 * From whom a panel is hidden, the past is closed: commits, time travel and recorded runs hold all panels together. To
 * filter them too was refused for now: a past that is almost filtered gives away what the present hides.
 */
export function createRefuseUnseen(workspaces: Pick<Workspaces, "open">) {
  return async ({ tag, name }: Endpoint, workspace: string, user: string): Promise<void> => {
    if (!WHOLE.has(tag) && !WHOLE_BY_NAME.has(name)) return
    const { sight } = await (await workspaces.open(workspace)).seenBy(user)
    if (!sight) return
    const detail = "This shows the whole workspace, and a panel of it is hidden from you; ask one of its owners."
    throw new NexusError({ code: "forbidden", detail })
  }
}
