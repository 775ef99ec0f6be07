import { type CommitSummary, endpoints } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { create } from "zustand"
import { sentence } from "../connect/sentence.ts"
import { useDesk } from "../workspace/desk-context.ts"

/** Counts the commits made on this page, so that an open list reads itself anew. */
const useCommits = create<{ readonly made: number }>(() => ({ made: 0 }))

export function noteCommit(): void {
  useCommits.setState(({ made }) => ({ made: made + 1 }))
}

/** The commits of the open workspace, newest first; `undefined` until they are here. */
export function useCommitHistory(): { readonly commits?: readonly CommitSummary[]; readonly error?: string } {
  const { api, workspace } = useDesk()
  const made = useCommits((state) => state.made)
  const [answer, setAnswer] = useState<{ commits?: readonly CommitSummary[]; error?: string }>({})

  // biome-ignore lint/correctness/useExhaustiveDependencies: `made` is the reason to ask again
  useEffect(() => {
    let here = true
    api.call(endpoints.listHistory, { query: { workspace } }).then(
      ({ commits }) => here && setAnswer({ commits }),
      (error: unknown) => here && setAnswer({ error: sentence(error) }),
    )
    return () => {
      here = false
    }
  }, [api, workspace, made])
  return answer
}
