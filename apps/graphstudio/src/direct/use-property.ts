import { useCallback, useEffect, useRef, useState } from "react"
import type { Property } from "./properties.ts"

/** After so long without a key what was typed is tried; at once when the field is left. */
const REST_MS = 450

export interface PropertyDraft {
  /** As it stands in the field: what was typed, else what is written. */
  readonly value: string
  /** Why what stands in the field is not in the text. */
  readonly refused: string | undefined
  /** It was typed in an earlier visit, and waits for a decision. */
  readonly begun: boolean
  readonly type: (value: string) => void
  /** Takes what was typed in this visit into the text now. */
  readonly settle: () => void
  /** Takes what stands in the field into the text, whenever it was typed. */
  readonly take: () => void
  /** Lets go what was typed: the field shows what is written. */
  readonly drop: () => void
  /** Writes a chosen value at once; `undefined` takes the property away. */
  readonly choose: (value: string | undefined) => void
}

/** What a property does with what is typed into it. */
export interface PropertyHome {
  /** What was begun in an earlier visit. */
  readonly begun: string | undefined
  /** Keeps it for a later one; `undefined` leaves nothing behind. */
  readonly keep: (value: string | undefined) => void
  /** Writes it; a sentence where the text would not work then. */
  readonly set: (value: string | undefined) => string | undefined
}

/**
 * What is typed into a property lives in the field until the text takes it: half an expression is no mistake yet, and
 * what the checks refuse stays to be mended, with the reason beside it.
 */
export function useProperty(
  { written, required }: Pick<Property, "written" | "required">,
  home: PropertyHome,
): PropertyDraft {
  const [draft, setDraft] = useState(home.begun === written ? undefined : home.begun)
  const [begun, setBegun] = useState(draft !== undefined)
  const [refused, setRefused] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pending = useRef<string>(undefined)
  const latest = useRef(home)
  useEffect(() => {
    latest.current = home
  })

  const choose = useCallback(
    (value: string | undefined) => {
      clearTimeout(timer.current)
      pending.current = undefined
      const failed = latest.current.set(value === "" && !required ? undefined : value)
      setBegun(false)
      setRefused(failed)
      setDraft(failed === undefined ? undefined : value)
    },
    [required],
  )
  const settle = useCallback(() => {
    if (pending.current !== undefined) choose(pending.current)
  }, [choose])
  const type = useCallback(
    (value: string) => {
      clearTimeout(timer.current)
      pending.current = value
      latest.current.keep(value)
      setDraft(value)
      setBegun(false)
      setRefused(undefined)
      timer.current = setTimeout(settle, REST_MS)
    },
    [settle],
  )
  const drop = useCallback(() => {
    clearTimeout(timer.current)
    pending.current = undefined
    latest.current.keep(undefined)
    setDraft(undefined)
    setBegun(false)
    setRefused(undefined)
  }, [])
  const take = () => {
    if (draft !== undefined) choose(draft)
  }
  const waits = draft !== undefined && !begun && refused === undefined
  useEffect(() => {
    if (!waits) return
    // A tab that is closed or left is a field that is left: the page asks before it ends, or keeps it, as any change.
    addEventListener("beforeunload", settle, { capture: true })
    document.addEventListener("visibilitychange", settle, { capture: true })
    return () => {
      removeEventListener("beforeunload", settle, { capture: true })
      document.removeEventListener("visibilitychange", settle, { capture: true })
    }
  }, [waits, settle])
  // Leaving for another component is leaving the field.
  useEffect(() => settle, [settle])
  return { value: draft ?? written ?? "", refused, begun, type, settle, take, drop, choose }
}
