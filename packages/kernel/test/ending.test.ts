import { expect, it } from "vitest"
import { createEnding } from "../src/ending.ts"

function ending(withinMs: number) {
  const logged: object[] = []
  return { logged, parts: createEnding(withinMs, (_message, detail) => logged.push(detail)) }
}

it("closes the last opened first, each after the other, and once", async () => {
  const { parts, logged } = ending(1000)
  const closed: string[] = []
  for (const part of ["journal", "record", "server"]) {
    parts.add(part, 500, async () => {
      await new Promise((resolve) => setImmediate(resolve))
      closed.push(part)
    })
  }
  await Promise.all([parts.run(), parts.run()])
  await parts.run()
  expect(closed).toEqual(["server", "record", "journal"])
  expect(logged).toEqual([])
})

it("goes on past a part that hangs and one that throws, and names both", async () => {
  const { parts, logged } = ending(1000)
  const closed: string[] = []
  parts.add("journal", 500, () => closed.push("journal"))
  parts.add("record", 10, () => new Promise(() => {}))
  parts.add("server", 500, () => {
    throw new Error("not running")
  })
  await parts.run()
  expect(closed).toEqual(["journal"])
  expect(logged).toEqual([
    { part: "server", problem: "Error: not running" },
    { part: "record", problem: "not done after 10 ms" },
  ])
})

it("gives no part more than is left of all the time there is", async () => {
  const { parts } = ending(30)
  const given: number[] = []
  for (const _part of [1, 2, 3]) {
    parts.add("a part that hangs", 20, (withinMs) => {
      given.push(withinMs)
      return new Promise(() => {})
    })
  }
  await parts.run()
  expect(given[0]).toBe(20)
  expect(given[1]).toBeLessThan(20)
  expect(given[2]).toBeLessThanOrEqual(10)
})
