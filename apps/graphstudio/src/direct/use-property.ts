import { useCallback, useEffect, useRef, useState } from "react"
import type { Property } from "./properties.ts"

/** After so long without a key what was typed is tried; at once when the field is left. */
const REST_MS = 450

export interface PropertyDraft {
  /** As it stands in the field: what was typed, else what is written. */
  readonly value: string
  /** Why what stands in the field is not in the text. */
  readonly refused: string | undefined
  readonly type: (value: string) => void
  /** Takes it into the text now. */
  readonly settle: () => void
  /** Writes a chosen value at once; `undefined` takes the property away. */
  readonly choose: (value: string | undefined) => void
}

/**
 * What is typed into a property lives in the field until the text takes it: half an expression is no mistake yet, and
 * what the checks refuse stays to be mended, with the reason beside it.
 */
export function useProperty(
  { written, required }: Pick<Property, "written" | "required">,
  set: (value: string | undefined) => string | undefined,
): PropertyDraft {
  const [draft, setDraft] = useState<string>()
  const [refused, setRefused] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pending = useRef<string>(undefined)
  const latest = useRef(set)
  useEffect(() => {
    latest.current = set
  })

  const choose = useCallback(
    (value: string | undefined) => {
      clearTimeout(timer.current)
      pending.current = undefined
      const failed = latest.current(value === "" && !required ? undefined : value)
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
      setDraft(value)
      setRefused(undefined)
      timer.current = setTimeout(settle, REST_MS)
    },
    [settle],
  )
  // Leaving for another component is leaving the field.
  useEffect(() => settle, [settle])
  return { value: draft ?? written ?? "", refused, type, settle, choose }
}
