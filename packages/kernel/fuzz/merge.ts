import assert from "node:assert/strict"
import type { MergeConflict } from "@nexus/protocol"
import { mergeWorkspaces } from "../src/versions/merge.ts"
import { toTree } from "../src/versions/merge-tree.ts"
import type { CommittedWorkspace } from "../src/versions/workspace-files.ts"
import { randomEdits, randomFrom, randomVersion } from "./random-versions.ts"

/**
 * The laws of a merge, on random worlds and random edits: edits that meet nowhere are all made; a version merged with itself
 * or with its past is itself; who merges whom changes only the sides; any conflict can be answered with either side, and
 * what was answered is what is there.
 */
const root = "ws"

export const fuzz = {
  round(seed: number): void {
    const below = randomFrom(seed * 7919)
    const base = randomVersion(below)
    const ofA = randomEdits(below, "a", 1 + below(8))
    const ofB = randomEdits(below, "b", 1 + below(8))
    same(merged(base, ofA(base), ofB(base)), ofB(ofA(base)))
    const a = randomEdits(below, "any", 4 + below(8))(base)
    const b = randomEdits(below, "any", 4 + below(8))(base)
    for (const [ours, theirs] of [
      [a, a],
      [a, base],
      [base, a],
    ] as const) {
      same(merged(base, ours, theirs), a)
    }
    answered(base, a, b)
  },
}

/** How many conflicts a round's edits made, so that a run can tell that it met some. */
export function conflictsOf(seed: number): number {
  const below = randomFrom(seed * 7919)
  const base = randomVersion(below)
  const sides = [0, 1].map(() => randomEdits(below, "any", 4 + below(8))(base))
  return mergeWorkspaces(base, sides[0] ?? base, sides[1] ?? base, { root }).conflicts.length
}

function answered(base: CommittedWorkspace, a: CommittedWorkspace, b: CommittedWorkspace): void {
  const asked = mergeWorkspaces(base, a, b, { root }).conflicts
  assert.deepEqual(told(mergeWorkspaces(base, b, a, { root }).conflicts, true), told(asked, false))
  for (const take of ["ours", "theirs"] as const) {
    const choices = asked.map(({ token }) => ({ token, take }))
    const { conflicts, workspace } = mergeWorkspaces(base, a, b, { root, choices })
    assert.deepEqual(conflicts, [])
    const chosen = toTree(take === "ours" ? a : b)
    for (const { of, id, path, kind } of asked) {
      if (of === "panel" && kind === "value") {
        assert.deepEqual(at(toTree(workspace).panels[id], path), at(chosen.panels[id], path))
      }
    }
  }
}

function merged(base: CommittedWorkspace, ours: CommittedWorkspace, theirs: CommittedWorkspace): CommittedWorkspace {
  const { workspace, conflicts } = mergeWorkspaces(base, ours, theirs, { root })
  assert.deepEqual(conflicts, [])
  return workspace
}

function same(one: CommittedWorkspace, other: CommittedWorkspace): void {
  assert.deepEqual(toTree(one), toTree(other))
}

function told(conflicts: readonly MergeConflict[], swap: boolean): string[] {
  return conflicts
    .map(({ id, path, kind, base, ours, theirs }) => {
      return JSON.stringify([id, path, kind, base, swap ? theirs : ours, swap ? ours : theirs])
    })
    .sort()
}

function at(value: unknown, path: MergeConflict["path"]): unknown {
  return path.reduce<unknown>((inside, step) => {
    if (typeof inside !== "object" || inside === null) return undefined
    if (typeof step === "string") return Reflect.get(inside, step)
    return Array.isArray(inside) ? inside.find((item) => item?.id === step.key) : undefined
  }, value)
}
