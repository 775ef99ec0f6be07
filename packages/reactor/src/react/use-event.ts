import type { Json } from "@nexus/protocol"
import { useCallback, useRef, useState } from "react"
import type { ComponentProps } from "./component.ts"
import { usePanel } from "./panel-context.ts"
import { useReadOnly } from "./read-only.tsx"

export interface EventState {
  /** Runs the event's statements; while they run, firing again does nothing. */
  fire(event?: Json): void
  readonly defined: boolean
  readonly busy: boolean
  /** What went wrong the last time, in one sentence. */
  readonly failure: string | undefined
}

/** One event of a component: its statements, whether they still run, and how the last time failed. */
export function useEvent({ node, places }: ComponentProps, name: string): EventState {
  const live = usePanel()
  const readOnly = useReadOnly(node)
  const statements = readOnly ? undefined : node.attributes[name]?.text
  const running = useRef(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const fire = useCallback(
    async (event?: Json) => {
      if (statements === undefined || running.current) return
      running.current = true
      setBusy(true)
      setFailure(undefined)
      const [first] = await live.run(statements, places, event)
      running.current = false
      setBusy(false)
      setFailure(first)
    },
    [live, places, statements],
  )
  return { fire, defined: statements !== undefined, busy, failure }
}
