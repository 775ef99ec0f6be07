import { expect, test } from "vitest"
import { createWakeQueue } from "../../src/canvas/wake/wake-queue.ts"

/** Time that a test hands out, one piece after another. */
function pieces() {
  const asked: (() => void)[] = []
  return { idle: (work: () => void) => void asked.push(work), next: () => asked.shift()?.(), asked }
}

test("panels wake one after another, each in a piece of time of its own", () => {
  const time = pieces()
  const queue = createWakeQueue(time.idle)
  const woken: string[] = []
  for (const name of ["a", "b", "c"]) queue.add(() => woken.push(name))
  expect(woken).toEqual([])
  time.next()
  expect(woken).toEqual(["a"])
  time.next()
  time.next()
  expect(woken).toEqual(["a", "b", "c"])
  expect(time.asked).toEqual([])
})

test("a panel that has left the window does not wake, and no time is asked for nobody", () => {
  const time = pieces()
  const queue = createWakeQueue(time.idle)
  const woken: string[] = []
  const leave = queue.add(() => woken.push("gone"))
  leave()
  time.next()
  expect(woken).toEqual([])
  expect(time.asked).toEqual([])
  queue.add(() => woken.push("here"))
  time.next()
  expect(woken).toEqual(["here"])
})

test("a panel that fails while it wakes does not keep the others asleep", () => {
  const time = pieces()
  const queue = createWakeQueue(time.idle)
  const woken: string[] = []
  queue.add(() => {
    throw new Error("no")
  })
  queue.add(() => woken.push("next"))
  expect(() => time.next()).toThrow("no")
  time.next()
  expect(woken).toEqual(["next"])
})
