import type { Peer } from "@nexus/protocol"
import { expect, test } from "vitest"
import { viewOf } from "../../src/canvas/peer-views.ts"

const peer = (session: string, user: string, presence: Peer["presence"]): Peer => ({
  session,
  user,
  name: user,
  role: "editor",
  presence,
})

test("what somebody has on screen is believed when it is a stretch of canvas", () => {
  const view = { x: -5, y: 0, w: 100, h: 50 }
  expect(viewOf([peer("s", "ann", { view })], "ann")).toEqual(view)
  expect(viewOf([peer("s", "ann", { view: { ...view, w: -1 } })], "ann")).toBeUndefined()
  expect(viewOf([peer("s", "ann", { view: "all" })], "ann")).toBeUndefined()
  expect(viewOf([peer("s", "bob", { view })], "ann")).toBeUndefined()
})

test("of several screens of one person, one that told what it shows is followed", () => {
  const view = { x: 1, y: 2, w: 3, h: 4 }
  expect(viewOf([peer("s", "ann", { view }), peer("t", "ann", {})], "ann")).toEqual(view)
})
