import { say } from "../words/say.ts"

/**
 * A shortcut is written `Mod+Shift+Z`: Mod is ⌘ on Apple keyboards and Ctrl elsewhere. A single letter or sign without a
 * modifier never fires while somebody types.
 */

/** Is this an Apple keyboard? */
export const isApple = typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent)

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** Does this key press mean `shortcut`? */
export function matchesShortcut(press: KeyPress, shortcut: string, apple: boolean = isApple): boolean {
  const [key, parts] = partsOf(shortcut)
  const mod = apple ? press.metaKey : press.ctrlKey
  const otherMod = apple ? press.ctrlKey : press.metaKey
  if (mod !== parts.includes("Mod") || otherMod || press.altKey !== parts.includes("Alt")) return false
  // A sign such as "?" may itself need Shift; only named keys and letters compare it.
  if (/^([a-z]|\w{2,})$/i.test(key) && press.shiftKey !== parts.includes("Shift")) return false
  const pressed = apple && press.key === "Backspace" ? "delete" : press.key.toLowerCase()
  return pressed === key.toLowerCase()
}

function partsOf(shortcut: string): [string, string[]] {
  if (shortcut === "+") return ["+", []]
  const parts = shortcut.split("+")
  return [parts.at(-1) ?? "", parts.slice(0, -1)]
}

const APPLE = { Mod: "⌘", Shift: "⇧", Alt: "⌥", Delete: "⌫", Escape: "esc", Enter: "↵" }
const CONTROL = say("Ctrl")
const OTHERS = { Mod: CONTROL, Ctrl: CONTROL, Shift: say("Shift"), Delete: say("Del"), Escape: say("Esc") }
const HANDS = { Arrows: say("Arrows"), Drag: say("Drag"), Click: say("Click"), Space: say("Space") }

/** The shortcut as its keys are printed. */
export function printShortcut(shortcut: string, apple: boolean = isApple): string[] {
  const names: Readonly<Record<string, string>> = apple ? { ...HANDS, ...APPLE } : { ...HANDS, ...OTHERS }
  const [key, parts] = partsOf(shortcut)
  return [...parts, key].map((part) => names[part] ?? part)
}

/** True where keys are text: inputs, editors, anything editable. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]") !== null
}
