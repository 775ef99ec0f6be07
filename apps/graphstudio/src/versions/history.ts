import { type BranchesAnswer, endpoints } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { create } from "zustand"
import { sentence } from "../connect/sentence.ts"
import { useBranch, useDesk } from "../workspace/desk-context.ts"
import { type Commits, readCommits } from "./read-commits.ts"

/** Counts the acts on versions made on this page, so that what is open of them reads itself anew. */
const useActs = create<{ readonly made: number }>(() => ({ made: 0 }))

export function noteCommit(): void {
  useActs.setState(({ made }) => ({ made: made + 1 }))
}

interface Read<Value> {
  readonly value?: Value
  readonly error?: string
}

/** What `read` gives, read anew after each act on versions, when somebody goes to another branch, and for another `of`. */
export function useVersions<Value>(read: () => Promise<Value>, of = ""): Read<Value> {
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
  }, [desk, made, branch, of])
  return answer
}

/** Which versions are looked at. */
export interface HistoryLook {
  readonly limit: number
  /** Only those that changed this panel. */
  readonly panel?: string
  /** Only those of this person. */
  readonly person?: string
}

/** The commits of the branch, newest first; `undefined` until they are here. */
export function useCommitHistory(look: HistoryLook): Read<Commits> {
  const { api, workspace } = useDesk()
  const wanted = { workspace, ...look }
  return useVersions(() => readCommits(api, wanted), JSON.stringify(wanted))
}

/** Branches and tags, and whether something is not committed. */
export function useBranches(): Read<BranchesAnswer> {
  const { api, workspace } = useDesk()
  return useVersions(() => api.call(endpoints.listBranches, { query: { workspace } }))
}
