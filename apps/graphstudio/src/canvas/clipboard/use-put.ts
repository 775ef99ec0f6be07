import { useCallback } from "react"
import { say } from "../../words/say.ts"
import { useDesk } from "../../workspace/desk-context.ts"
import { studio } from "../../workspace/studio.ts"
import { useCanvasView } from "../../workspace/use-canvas-view.ts"
import { boundsOf } from "../arrange/align.ts"
import { freePlace } from "../placement.ts"
import { addThings, framesOf, isNothing, shifted, type Things } from "./things.ts"

/** Where things go: with a corner under the pointer, or to the free place nearest to what is looked at. */
export type Whither = { readonly at: { readonly x: number; readonly y: number } } | "in view"

/** Puts things on this desk, as one change, and chooses them. */
export function usePut(): (things: Things, whither: Whither, verb?: string) => Promise<boolean> {
  const desk = useDesk()
  const view = useCanvasView()
  return useCallback(
    async (things, whither, verb = "pasted") => {
      const around = boundsOf(framesOf(things))
      if (!around || isNothing(things)) return false
      const taken = [...desk.mirror.graph.panels()].map(({ properties }) => properties.frame)
      const place = whither === "in view" ? freePlace(taken, around, view()) : whither.at
      const { operations, ids } = addThings(shifted(things, place.x - around.x, place.y - around.y), desk.workspace)
      const [only, another] = [...things.panels.map(({ title }) => title), ...things.sections.map(({ name }) => name)]
      const what =
        another === undefined && only
          ? only
          : say("{count, plural, one {# panel} other {# panels}}", { count: ids.length })
      if (!(await desk.submit(operations, `${verb} ${what}`))) return false
      studio.select(ids)
      // Where a hand put it is where one looks.
      if (whither === "in view") studio.set({ reveal: ids.at(-1) })
      return true
    },
    [desk, view],
  )
}
