import { Constraint, Expression, Operator, Solver, Strength, Variable } from "@lume/kiwi"
import { type Box, layoutRows } from "@nexus/reactor/viewer"
import type { Contender, Goal } from "./measure.ts"

/**
 * 100 boxes of twenty kinds into rows, and the same after one box became another. Kiwi is given the rows that ours
 * found and solves the widths only, as strong and weak constraints on one factor a row: that is the part it could take
 * over, so its time is a lower bound. A run is many layouts, because one takes less than the clock can tell.
 */
const GAP = 12
const WIDTHS = [1180, 960, 742, 368]
const kinds: readonly Box[] = Array.from({ length: 20 }, (_, kind) => ({
  min: 80 + kind * 9,
  ideal: 140 + kind * 23,
  max: kind % 3 === 0 ? 640 : 4096,
}))
const kindOf = (index: number): Box => kinds[index % kinds.length] ?? { min: 100, ideal: 200, max: 300 }
const boxes = Array.from({ length: 100 }, (_, index) => kindOf(index * 7))

function repeated(times: number, work: (turn: number) => unknown): () => Contender {
  return () => {
    let turn = 0
    const run = () => {
      const start = performance.now()
      for (let time = 0; time < times; time++) work(turn++)
      return (performance.now() - start) / times
    }
    return { run, warmups: 100, samples: 200 }
  }
}

let current = layoutRows(boxes, 960, GAP)

function edit(turn: number): void {
  current = layoutRows(current.boxes.with((turn * 37) % 100, kindOf(turn * 3)), 960, GAP, { before: current })
}

function byKiwi(width: number): number {
  const solver = new Solver()
  const widths: Variable[] = []
  for (const row of layoutRows(boxes, width, GAP).rows) {
    const factor = new Variable()
    const room = new Variable()
    let sum = new Expression(0)
    for (const { index } of row) {
      const box = boxes[index]
      if (!box) continue
      const own = new Variable()
      widths.push(own)
      sum = sum.plus(own)
      const least = row.length === 1 ? Math.min(width, box.min) : (box.min + box.ideal) / 2
      solver.addConstraint(new Constraint(own, Operator.Ge, least, Strength.required))
      solver.addConstraint(new Constraint(own, Operator.Le, Math.max(box.max, least), Strength.required))
      solver.addConstraint(new Constraint(own, Operator.Eq, factor.multiply(box.ideal), Strength.weak))
    }
    solver.addConstraint(new Constraint(room, Operator.Eq, width - GAP * (row.length - 1), Strength.required))
    solver.addConstraint(new Constraint(sum, Operator.Le, room, Strength.required))
    solver.addConstraint(new Constraint(sum, Operator.Eq, room, Strength.strong))
  }
  solver.updateVariables()
  return widths.reduce((total, own) => total + own.value(), 0)
}

export const goal: Goal = {
  id: "R7",
  what: "layout of 100 boxes; one edit",
  contenders: {
    "all 100": repeated(50, (turn) => layoutRows(boxes, WIDTHS[turn % WIDTHS.length] ?? 960, GAP)),
    "one edit": repeated(200, edit),
    "kiwi, widths only": repeated(2, (turn) => byKiwi(WIDTHS[turn % WIDTHS.length] ?? 960)),
  },
  claims: [
    { ours: "all 100", atMostMs: 0.1 },
    { ours: "one edit", atMostMs: 0.02 },
    { ours: "all 100", peer: "kiwi, widths only", timesFaster: 1 },
  ],
}
