import type { Frame } from "@nexus/protocol"
import { useCallback } from "react"
import { say } from "../../words/say.ts"
import { useDesk } from "../../workspace/desk-context.ts"
import { studio } from "../../workspace/studio.ts"
import { framesIn, namesIn } from "../arrange/frame-acts.ts"
import { addThings, shifted, thingsIn } from "./things.ts"

/** Copies of these, values and all, where `frames` says: one change. */
export function useCopyAct(): (ids: readonly string[], frames: ReadonlyMap<string, Frame>) => Promise<void> {
  const desk = useDesk()
  return useCallback(
    async (ids, frames) => {
      const { graph } = desk.mirror
      const [id] = ids
      const first = id === undefined ? undefined : framesIn(graph, ids).get(id)
      const to = id === undefined ? undefined : frames.get(id)
      if (!first || !to) return
      const things = thingsIn(graph, ids, { values: true })
      const [dx, dy] = [to.x - first.x, to.y - first.y]
      const { operations, ids: made } = addThings(shifted(things, dx, dy), desk.workspace)
      const what = namesIn(graph, ids) ?? say("{count, plural, one {# panel} other {# panels}}", { count: made.length })
      if (await desk.submit(operations, `duplicated ${what}`)) studio.select(made)
    },
    [desk],
  )
}
