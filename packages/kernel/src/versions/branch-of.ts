import { type Graph, RefName } from "@nexus/protocol"
import { BRANCH_PROPERTY } from "./workspace-files.ts"

export const MAIN = "main"

/**
 * The branch a workspace is on. It stands in the graph, as a property of the workspace: a switch is then one change, an undo
 * of it goes back to the old branch together with everything else, and a look at the past shows on which branch one was.
 * A ref in Git was refused for it: an undo would have left the panels of one branch on another.
 */
export function branchOf(graph: Graph, workspace: string): string {
  const parsed = RefName.safeParse(graph.entity(workspace)?.properties[BRANCH_PROPERTY])
  return parsed.success ? parsed.data : MAIN
}
