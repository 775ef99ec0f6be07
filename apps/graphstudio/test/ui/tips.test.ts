// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { followTips, useTips } from "../../src/ui/tips.ts"

let stop = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML =
    '<p>elsewhere</p><button id="save" data-tip="Save"><i>disk</i></button><button id="share" data-tip="Share"></button><div data-tip-layer></div>'
  stop = followTips(() => {})
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

const shown = () => useTips.getState().shown?.id
function over(where: string, pointerType = "mouse"): void {
  document.querySelector(where)?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType }))
}
const press = (where: string) =>
  document.querySelector(where)?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }))

test("a tooltip shows where the pointer rests, and goes with it", () => {
  over("#save i")
  vi.advanceTimersByTime(449)
  expect(shown()).toBeUndefined()
  vi.advanceTimersByTime(1)
  expect(shown()).toBe("save")
  over("p")
  vi.advanceTimersByTime(120)
  expect(shown()).toBeUndefined()
})

test("the next one shows at once, and a later one waits again", () => {
  over("#save")
  vi.advanceTimersByTime(450)
  over("#share")
  vi.advanceTimersByTime(0)
  expect(shown()).toBe("share")
  over("p")
  vi.advanceTimersByTime(1000)
  over("#save")
  vi.advanceTimersByTime(300)
  expect(shown()).toBeUndefined()
})

test("it stays while the pointer is on the tooltip itself", () => {
  over("#save")
  vi.advanceTimersByTime(450)
  over("p")
  over("[data-tip-layer]")
  vi.advanceTimersByTime(1000)
  expect(shown()).toBe("save")
})

test("a press takes it away, and it comes back only after the pointer was elsewhere", () => {
  over("#save")
  vi.advanceTimersByTime(450)
  press("#save")
  expect(shown()).toBeUndefined()
  over("#save i")
  vi.advanceTimersByTime(1000)
  expect(shown()).toBeUndefined()
  over("p")
  over("#save")
  vi.advanceTimersByTime(450)
  expect(shown()).toBe("save")
})

test("a press before it shows keeps it away, and a finger never asks for one", () => {
  over("#save")
  press("#save")
  vi.advanceTimersByTime(1000)
  expect(shown()).toBeUndefined()
  over("#share", "touch")
  vi.advanceTimersByTime(1000)
  expect(shown()).toBeUndefined()
})

test("Escape takes it away", () => {
  over("#save")
  vi.advanceTimersByTime(450)
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }))
  expect(shown()).toBeUndefined()
})
