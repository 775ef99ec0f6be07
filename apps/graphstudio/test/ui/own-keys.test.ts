import { describe, expect, it } from "vitest"
import { currentKey, keyName, toShortcut } from "../../src/ui/own-keys.ts"
import { matchesShortcut } from "../../src/ui/shortcut.ts"

function press(key: string, modifiers: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers }
}

describe("own keys", () => {
  it("a command is known by its usual key, and by its name where it has none", () => {
    expect(keyName({ label: "New panel", shortcut: "N" })).toBe("N")
    expect(keyName({ label: "Go to Groceries" })).toBe("Go to Groceries")
  })

  it("the own key stands before the usual one, and an empty one means none", () => {
    expect(currentKey("N", "N", {})).toBe("N")
    expect(currentKey("N", "N", { N: "Alt+N" })).toBe("Alt+N")
    expect(currentKey("N", "N", { N: "" })).toBeUndefined()
    expect(currentKey("Share", undefined, { Share: "U" })).toBe("U")
  })

  it("what was pressed to give a key is what runs the command afterwards", () => {
    const presses = [
      press("b"),
      press("B", { shiftKey: true }),
      press("?", { shiftKey: true }),
      press("F9"),
      press("ArrowUp", { altKey: true, shiftKey: true }),
      press("j", { ctrlKey: true }),
      press("5"),
    ]
    for (const pressed of presses) {
      const shortcut = toShortcut(pressed, false)
      expect(shortcut && matchesShortcut(pressed, shortcut, false), shortcut).toBe(true)
    }
  })

  it("half a shortcut, and the keys by which everybody moves, are none", () => {
    for (const key of ["Shift", "Control", "Tab", "Enter", "Escape", " "])
      expect(toShortcut(press(key), false)).toBe(undefined)
  })
})
