import * as z from "zod"
import { create } from "zustand"
import { isApple, type KeyPress } from "./shortcut.ts"

/**
 * Keys that a person gave to commands, kept on this device and with their account (`account/follow-person.ts`). A command is known by its usual key, or by its name where
 * it has none: so every tooltip, menu and sheet that prints a usual key prints the person's own instead, and a command
 * that somebody adds tomorrow can have another key without being listed here. `""` is: none at all.
 */
const OwnKeys = z.record(z.string().max(200), z.string().max(40))
export type OwnKeys = Readonly<z.infer<typeof OwnKeys>>

const KEY = "nexus.keys"

export const useOwnKeys = create<{ readonly keys: OwnKeys }>(() => ({ keys: stored() }))

/** What a command is known by. */
export function keyName(command: { readonly label: string; readonly shortcut?: string | undefined }): string {
  return command.shortcut ?? command.label
}

/** The key that runs it now; nothing where it has none. */
export function currentKey(name: string, usual: string | undefined, keys: OwnKeys): string | undefined {
  return (keys[name] ?? usual) || undefined
}

/** Gives a command another key; its usual one again when `key` is nothing. */
export function giveKey(name: string, key: string | undefined): void {
  const { [name]: _old, ...rest } = useOwnKeys.getState().keys
  keepKeys(key === undefined || key === name ? rest : { ...rest, [name]: key })
}

export function usualKeys(): void {
  keepKeys({})
}

/** Keys that are half of a shortcut, and those by which everybody moves through a page. */
const NO_KEY = /^(?:Shift|Control|Alt|Meta|AltGraph|CapsLock|Dead|Unidentified|Process|Escape|Tab|Enter| )$/

/** The pressed keys as a shortcut is written; nothing for what cannot be one. */
export function toShortcut(press: KeyPress, apple: boolean = isApple): string | undefined {
  const key = apple && press.key === "Backspace" ? "Delete" : press.key
  if (NO_KEY.test(key)) return undefined
  const mod = apple ? press.metaKey : press.ctrlKey
  const named = key.length === 1 ? key.toUpperCase() : key
  // Shift makes "?" out of another key; it is told only where the key stays the same with it.
  const shift = press.shiftKey && (/^[A-Z]$/.test(named) || named.length > 1)
  return [...(mod ? ["Mod"] : []), ...(press.altKey ? ["Alt"] : []), ...(shift ? ["Shift"] : []), named].join("+")
}

/** All of them at once. */
export function keepKeys(keys: OwnKeys): void {
  localStorage.setItem(KEY, JSON.stringify(keys))
  useOwnKeys.setState({ keys })
}

function stored(): OwnKeys {
  try {
    return OwnKeys.parse(JSON.parse(globalThis.localStorage?.getItem(KEY) ?? "{}"))
  } catch {
    return {}
  }
}
