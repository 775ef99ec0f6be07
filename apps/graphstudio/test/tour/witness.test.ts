import type { WorkspaceMirror } from "@nexus/reactor/client"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { StepName } from "../../src/tour/progress.ts"
import { witness } from "../../src/tour/witness.ts"
import { studio } from "../../src/workspace/studio.ts"

type Steps = WorkspaceMirror["steps"]

/** A mirror's history that goes from one state to the next. */
function history() {
  let steps: Steps = { undo: [], redo: [] }
  const listeners = new Set<() => void>()
  return {
    get steps() {
      return steps
    },
    onHistory: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    become: (next: Steps) => {
      steps = next
      for (const listener of listeners) listener()
    },
  }
}

const step = (what: string) => ({ refs: [what], group: undefined, what, operations: [] })
const [one, two] = [step("one"), step("two")]

describe("what the tour has seen", () => {
  let mirror = history()
  let seen: StepName[] = []
  let stop = () => {}
  beforeEach(() => {
    studio.reset()
    mirror = history()
    seen = []
    stop = witness(mirror, new EventTarget(), (name) => seen.push(name))
  })
  afterEach(() => stop())

  it("something taken back is an undo; something done, or done again, is none", () => {
    mirror.become({ undo: [one, two], redo: [] })
    expect(seen).toEqual([])
    mirror.become({ undo: [one], redo: [two] })
    mirror.become({ undo: [], redo: [two, one] })
    expect(seen).toEqual(["undo", "undo"])
    mirror.become({ undo: [one], redo: [two] })
    mirror.become({ undo: [one, two], redo: [] })
    expect(seen).toEqual(["undo", "undo"])
  })

  it("a journey counts when one is back", () => {
    studio.set({ timeOpen: true, instant: 5 })
    studio.set({ instant: 4 })
    expect(seen).toEqual([])
    studio.toggleTime()
    expect(seen).toEqual(["travel"])
  })

  it("a panel counts that came from the gallery, not one that was written", () => {
    studio.set({ reveal: "p1" })
    studio.set({ gallery: true, reveal: undefined })
    studio.set({ gallery: false })
    studio.newPanel()
    studio.set({ editing: undefined, reveal: "p2" })
    expect(seen).toEqual([])
    studio.set({ gallery: true, reveal: undefined })
    studio.set({ gallery: false })
    studio.set({ reveal: "p3" })
    expect(seen).toEqual(["add"])
  })

  it("a question why and the palette count when they open, however that came", () => {
    studio.set({ why: { panel: "p", label: "cups", paths: [["cups"]] } })
    studio.set({ palette: true })
    studio.set({ palette: false, why: undefined })
    expect(seen).toEqual(["why", "palette"])
  })

  it("nothing is seen once it ended", () => {
    stop()
    studio.set({ palette: true })
    mirror.become({ undo: [], redo: [one] })
    expect(seen).toEqual([])
  })
})
