import { expect, it } from "vitest"
import { Best, type Scored } from "../../src/nog/best.ts"
import { Chance } from "./random-operations.ts"

it.each([1, 2, 3, 4, 5])("the best of many are those that stand first when all are put in order (seed %i)", (seed) => {
  const chance = new Chance(seed)
  for (let round = 0; round < 50; round += 1) {
    const limit = 1 + chance.below(20)
    const all = Array.from({ length: chance.below(60) }, (_, number): Scored => {
      const id = `e${chance.below(1000)}_${number}`
      return { entity: { id, kind: "concept", name: id, properties: {}, scope: "" }, score: 1 + chance.below(4) }
    })
    const best = new Best(limit)
    for (const one of all) best.offer(one)
    const ordered = all.toSorted((a, b) => b.score - a.score || (a.entity.id < b.entity.id ? -1 : 1))
    expect(best.entities).toEqual(ordered.slice(0, limit).map(({ entity }) => entity))
    expect(best.cut).toBe(all.length > limit)
  }
})
