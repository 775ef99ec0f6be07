import type { Json } from "@nexus/protocol"
import { useId, useRef, useState } from "react"
import type { ComponentProps } from "./component.ts"
import { usePanel } from "./panel-context.ts"
import { useReadOnly } from "./read-only.tsx"

export interface Bound {
  /** What to show: what is being typed, else the state's value. */
  readonly value: unknown
  write(value: Json): void
  /** The viewer left the field: what is typed later is another step to undo. */
  settle(): void
  readonly failure: string | undefined
}

/**
 * An input's two-way value. What is typed shows at once; it is written at the next frame, together with everything typed
 * in between, and `onChange` runs after the write. Without `bind` the input keeps what was typed until `value` changes.
 */
export function useBound({ node, places, props }: ComponentProps): Bound {
  const live = usePanel()
  const readOnly = useReadOnly(node)
  const [draft, setDraft] = useState<{ readonly value: Json; readonly over: unknown }>()
  const [failure, setFailure] = useState<string>()
  const field = useId()
  const visits = useRef(0)
  const bind = node.attributes.bind?.text
  const onChange = node.attributes.onChange?.text
  const current = props.raw("value")
  const commit = async (value: Json) => {
    let failed: string | undefined
    if (bind !== undefined) {
      setDraft(undefined)
      failed = await live.write(bind, places, value, `${live.id} ${field} ${visits.current}`)
    }
    const [first] = onChange === undefined ? [] : await live.run(onChange, places, value)
    setFailure(failed ?? first)
  }
  const write = (value: Json) => {
    setDraft({ value, over: current })
    // What a viewer opens, such as a tab, is open for them alone.
    if (readOnly) return
    live.drafts.put(field, () => void commit(value))
  }
  const typed = draft && (bind !== undefined || Object.is(draft.over, current)) ? draft : undefined
  const settle = () => {
    visits.current += 1
  }
  return { value: typed ? typed.value : current, write, settle, failure }
}
