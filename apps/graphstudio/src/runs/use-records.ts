import { endpoints, pagesOf, type RunRecord, type RunRecordSummary } from "@nexus/protocol"
import { useCallback, useEffect, useRef, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { useBeat } from "./use-beat.ts"

const PAGE = 50
/** Every run that ends is one more record: to tell everybody of each would be more than who looks at them costs. */
const BEAT_MS = 2000

export interface Records {
  /** Newest first; `undefined` until they are here. */
  readonly runs: readonly RunRecordSummary[] | undefined
  readonly more: boolean
  readonly error: string | undefined
  /** Reads one more page of what was before. */
  readonly older: () => void
}

const NONE = { runs: undefined, more: false, error: undefined }

/** The recorded runs of one panel, or of all; read anew every two seconds while they are looked at. */
export function useRecords(panel: string | undefined): Records {
  const { api, workspace } = useDesk()
  const beat = useBeat(BEAT_MS)
  const [state, setState] = useState<Omit<Records, "older">>(NONE)
  const shown = useRef<string | undefined>(undefined)
  const pages = useRef(1)

  const read = useCallback(
    async (here: () => boolean) => {
      const query = { limit: String(PAGE), ...(panel ? { panel } : {}) }
      const list = (asked: { readonly query: object }) =>
        api.call(endpoints.listRunRecords, { params: { workspace }, ...asked })
      try {
        const runs: RunRecordSummary[] = []
        let more = false
        for await (const page of pagesOf(list, { query })) {
          runs.push(...page.runs)
          more = page.more
          if (!here() || runs.length >= PAGE * pages.current) break
        }
        if (here()) setState({ runs, more, error: undefined })
      } catch (error) {
        if (here()) setState((before) => ({ ...before, error: sentence(error) }))
      }
    },
    [api, workspace, panel],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: `beat` is the reason to read again
  useEffect(() => {
    if (shown.current !== panel) {
      pages.current = 1
      setState(NONE)
    }
    shown.current = panel
    let here = true
    read(() => here)
    return () => {
      here = false
    }
  }, [read, panel, beat])

  const older = () => {
    pages.current += 1
    read(() => true)
  }
  return { ...state, older }
}

/** One run whole; read anew every two seconds while it is not over. */
export function useRecord(run: string): { readonly record?: RunRecord; readonly error?: string } {
  const { api, workspace } = useDesk()
  const [answer, setAnswer] = useState<{ record?: RunRecord; error?: string }>({})
  const over = answer.record !== undefined && answer.record.status !== "waiting"
  const beat = useBeat(BEAT_MS, !over)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `beat` is the reason to read again
  useEffect(() => {
    let here = true
    api.call(endpoints.readRunRecord, { params: { workspace, run } }).then(
      (record) => here && setAnswer({ record }),
      (error: unknown) => here && setAnswer((before) => ({ ...before, error: sentence(error) })),
    )
    return () => {
      here = false
    }
  }, [api, workspace, run, beat])
  return answer
}
