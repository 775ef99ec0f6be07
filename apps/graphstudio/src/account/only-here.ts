import { create } from "zustand"
import { remembered } from "../remembered.ts"

const KEY = "nexus.only-here"

/** Whether what is chosen for the studio holds on this device alone; another screen may need another look. */
export const useOnlyHere = create<{ readonly only: boolean }>(() => ({ only: remembered(KEY) === "yes" }))

export function onlyHere(): boolean {
  return useOnlyHere.getState().only
}

export function setOnlyHere(only: boolean): void {
  if (only) localStorage.setItem(KEY, "yes")
  else localStorage.removeItem(KEY)
  useOnlyHere.setState({ only })
}
