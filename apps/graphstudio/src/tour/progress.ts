import * as z from "zod"
import { create } from "zustand"

/**
 * How far somebody is with the tour, kept on this device: a page that is loaded again goes on where it was, and a tour
 * that was ended can be taken up from there. What has happened is ticked in whatever order it happened, so nobody is
 * asked to do again what they have done by themselves. Keeping it with the account was refused: it is about this screen.
 */
export const STEPS = ["press", "why", "add", "undo", "travel", "palette"] as const
export type StepName = (typeof STEPS)[number]

/** What changes the workspace is not asked of who may only look. */
const CHANGING: readonly StepName[] = ["press", "add", "undo"]

export function stepsFor(mayEdit: boolean): readonly StepName[] {
  return mayEdit ? STEPS : STEPS.filter((step) => !CHANGING.includes(step))
}

const Names = z.array(z.enum(STEPS)).max(STEPS.length)
const Kept = z.object({ running: z.boolean(), done: Names, skipped: Names })

export interface Progress {
  /** `new`: nobody has answered the invitation on this device. */
  readonly at: "new" | "running" | "over"
  readonly done: readonly StepName[]
  readonly skipped: readonly StepName[]
  /** It was just asked for: its card takes the focus. */
  readonly asked: boolean
}

const NEW: Progress = { at: "new", done: [], skipped: [], asked: false }
const KEY = "nexus.tour"

export const useTour = create<Progress>(stored)

/** The first of these steps that is still to do; nothing once all are behind one. */
export function nextStep({ done, skipped }: Progress, steps: readonly StepName[]): StepName | undefined {
  return steps.find((step) => !done.includes(step) && !skipped.includes(step))
}

export const tour = {
  /** Goes on where it was ended; from the beginning where it was taken to its end. */
  start: (mayEdit: boolean) => {
    const before = useTour.getState()
    keep({ ...(nextStep(before, stepsFor(mayEdit)) ? before : NEW), at: "running", asked: true })
  },
  tick: (step: StepName) => {
    const before = useTour.getState()
    if (before.at !== "running" || before.done.includes(step)) return
    keep({
      ...before,
      done: [...before.done, step],
      skipped: before.skipped.filter((other) => other !== step),
      asked: false,
    })
  },
  skip: (step: StepName) => {
    const before = useTour.getState()
    if (before.done.includes(step) || before.skipped.includes(step)) return
    keep({ ...before, skipped: [...before.skipped, step], asked: false })
  },
  end: () => keep({ ...useTour.getState(), at: "over", asked: false }),
}

function keep(progress: Progress): void {
  const { at, done, skipped } = progress
  localStorage.setItem(KEY, JSON.stringify({ running: at === "running", done, skipped }))
  useTour.setState(progress)
}

function stored(): Progress {
  try {
    const kept = Kept.safeParse(JSON.parse(globalThis.localStorage?.getItem(KEY) ?? "null")).data
    if (!kept) return NEW
    return { at: kept.running ? "running" : "over", done: kept.done, skipped: kept.skipped, asked: false }
  } catch {
    return NEW
  }
}
