import { type BranchesAnswer, type CommitSummary, endpoints } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { create } from "zustand"
import { sentence } from "../connect/sentence.ts"
import { useBranch, useDesk } from "../workspace/desk-context.ts"

/** Counts the acts on versions made on this page, so that what is open of them reads itself anew. */
const useActs = create<{ readonly made: number }>(() => ({ made: 0 }))

export function noteCommit(): void {
  useActs.setState(({ made }) => ({ made: made + 1 }))
}

interface Read<Value> {
  readonly value?: Value
  readonly error?: string
}

/** What `read` gives, read anew after each act on versions and when somebody goes to another branch. */
export function useVersions<Value>(read: () => Promise<Value>): Read<Value> {
  const desk = useDesk()
  const branch = useBranch()
  const made = useActs((state) => state.made)
  const [answer, setAnswer] = useState<Read<Value>>({})

  // biome-ignore lint/correctness/useExhaustiveDependencies: an act or a switch is the reason to ask again
  useEffect(() => {
    let here = true
    read().then(
      (value) => here && setAnswer({ value }),
      (error: unknown) => here && setAnswer({ error: sentence(error) }),
    )
    return () => {
      here = false
    }
  }, [desk, made, branch])
  return answer
}

/** The commits of the branch, newest first; `undefined` until they are here. */
export function useCommitHistory(): Read<readonly CommitSummary[]> {
  const { api, workspace } = useDesk()
  return useVersions(async () => (await api.call(endpoints.listHistory, { query: { workspace } })).commits)
}

/** Branches and tags, and whether something is not committed. */
export function useBranches(): Read<BranchesAnswer> {
  const { api, workspace } = useDesk()
  return useVersions(() => api.call(endpoints.listBranches, { query: { workspace } }))
}
