import { type ApiClient, endpoints, type QuestionAnswer, type WaitingRunAnswer } from "@nexus/protocol"
import { createStore, type StoreApi } from "zustand"
import { sentence } from "../connect/sentence.ts"

/** What waits in the open workspace: its runs, and what they ask people. `undefined` until the kernel said it. */
export interface WaitingState {
  readonly runs: readonly WaitingRunAnswer[] | undefined
  readonly questions: readonly QuestionAnswer[] | undefined
  readonly error: string | undefined
}

/**
 * The inbox's badge, the strip on a sheet and the drawers look at one list, asked for again whenever the kernel says that
 * it changed. Asking is one at a time: whatever is told meanwhile is one more question after it.
 */
export interface Waiting {
  readonly store: StoreApi<WaitingState>
  /** Asks again, without which nothing is known. */
  refresh(): Promise<void>
}

const UNKNOWN: WaitingState = { runs: undefined, questions: undefined, error: undefined }

export function createWaiting(api: ApiClient, workspace: string): Waiting {
  const store = createStore<WaitingState>(() => UNKNOWN)
  let asking: Promise<void> | undefined
  let again = false

  const ask = async () => {
    const params = { workspace }
    try {
      const [{ runs }, { questions }] = await Promise.all([
        api.call(endpoints.listWaitingRuns, { params }),
        api.call(endpoints.listQuestions, { params }),
      ])
      store.setState({ runs, questions, error: undefined })
    } catch (error) {
      store.setState({ error: sentence(error) })
    }
  }
  const refresh = async (): Promise<void> => {
    again = true
    asking ??= (async () => {
      while (again) {
        again = false
        await ask()
      }
    })().finally(() => {
      asking = undefined
    })
    return asking
  }
  return { store, refresh }
}
