import { expect, it } from "vitest"
import { FairQueue } from "../src/fair-queue.ts"

const anywhere = () => "here"

it("a queue serves tenants in turn and each tenant in order", () => {
  const queue = new FairQueue<string>()
  for (const item of ["a1", "a2", "a3"]) queue.push("a", item)
  queue.push("b", "b1")
  queue.push("c", "c1")
  queue.push("b", "b2")
  const served = Array.from({ length: 6 }, () => queue.shift(anywhere)?.item)
  expect(served).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"])
  expect(queue.shift(anywhere)).toBeUndefined()
  expect(queue.size).toBe(0)
})

it("what is put back comes before its tenant's others", () => {
  const queue = new FairQueue<string>()
  queue.push("a", "a2")
  queue.pushFront("a", "a1")
  expect([queue.size, queue.shift(anywhere)?.item, queue.shift(anywhere)?.item]).toEqual([2, "a1", "a2"])
})

it("a tenant without a place is passed over and keeps its turn", () => {
  const queue = new FairQueue<string>()
  for (const item of ["a1", "a2", "b1", "b2"]) queue.push(item.charAt(0), item)
  const notA = (tenant: string) => (tenant === "a" ? undefined : "here")
  expect(queue.shift(notA)?.item).toBe("b1")
  expect(queue.shift(anywhere)?.item).toBe("a1")
  expect([queue.drain(), queue.size]).toEqual([["b2", "a2"], 0])
})
