import { describe, expect, it } from "vitest"
import { matchesShortcut, printShortcut } from "../../src/ui/shortcut.ts"

function press(key: string, modifiers: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers }
}

describe("shortcuts", () => {
  it("Mod is Ctrl, and ⌘ on Apple keyboards", () => {
    expect(matchesShortcut(press("k", { ctrlKey: true }), "Mod+K", false)).toBe(true)
    expect(matchesShortcut(press("k", { metaKey: true }), "Mod+K", true)).toBe(true)
    expect(matchesShortcut(press("k", { ctrlKey: true }), "Mod+K", true)).toBe(false)
    expect(matchesShortcut(press("k"), "Mod+K", false)).toBe(false)
  })

  it("Shift tells undo from redo", () => {
    expect(matchesShortcut(press("z", { ctrlKey: true }), "Mod+Z", false)).toBe(true)
    expect(matchesShortcut(press("Z", { ctrlKey: true, shiftKey: true }), "Mod+Z", false)).toBe(false)
    expect(matchesShortcut(press("Z", { ctrlKey: true, shiftKey: true }), "Mod+Shift+Z", false)).toBe(true)
  })

  it("a sign counts however the keyboard makes it", () => {
    expect(matchesShortcut(press("?", { shiftKey: true }), "?", false)).toBe(true)
    expect(matchesShortcut(press("+", { shiftKey: true }), "+", false)).toBe(true)
    expect(matchesShortcut(press("n", { ctrlKey: true }), "N", false)).toBe(false)
  })

  it("Delete is the backspace key on Apple keyboards", () => {
    expect(matchesShortcut(press("Backspace"), "Delete", true)).toBe(true)
    expect(matchesShortcut(press("Backspace"), "Delete", false)).toBe(false)
  })

  it("keys are printed as they are labelled", () => {
    expect(printShortcut("Mod+Shift+Z", true)).toEqual(["⌘", "⇧", "Z"])
    expect(printShortcut("Mod+K", false)).toEqual(["Ctrl", "K"])
    expect(printShortcut("+", false)).toEqual(["+"])
  })
})
