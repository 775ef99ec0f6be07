import { expect, test } from "vitest"
import { createAdmission } from "../../src/serve/admission.ts"

test("one caller gets a few answers at once, others still get theirs", () => {
  const admission = createAdmission({ perCaller: 2, inAll: 10 })
  const leave = admission.enter("a")
  admission.enter("a")
  expect(() => admission.enter("a")).toThrow("Too many requests")
  admission.enter("b")
  leave()
  admission.enter("a")
})

test("everybody together is bounded too, and a place given back is free again", () => {
  const admission = createAdmission({ perCaller: 2, inAll: 2 })
  const leave = admission.enter("a")
  admission.enter("b")
  expect(() => admission.enter("c")).toThrow("Too many requests")
  leave()
  admission.enter("c")
})
