import { AutoCommit, type Change, NexusError } from "@nexus/protocol"
import type { ValueStore } from "../storage/journal.ts"

/**
 * Commits that the kernel makes by itself, as a workspace's people asked for: after so many changes, after a quiet time, once a
 * day. A change only counts here and sets a timer; the commit comes later and nobody waits for it. What was changed
 * before the kernel ended is not forgotten: `wake` sets the timers as if something had just happened, and a commit of nothing
 * is none.
 */
export interface AutoCommits {
  /** Never throws, never waits. */
  onChange(change: Change): void
  read(workspace: string): Promise<AutoCommit>
  set(workspace: string, autoCommit: AutoCommit): Promise<AutoCommit>
  wake(workspaces: readonly string[]): Promise<void>
  forget(workspace: string): Promise<void>
  close(): void
}

export interface AutoCommitsOptions {
  /** Throws `conflict` when there is nothing to commit. */
  readonly commit: (workspace: string) => Promise<unknown>
  readonly values: ValueStore
  readonly clock: () => number
  readonly log: (message: string, detail: object) => void
}

interface Waiting {
  changes: number
  lastAtMs: number
  timer: NodeJS.Timeout | undefined
}

const SPACE = "auto-commit"
const KEY = "set"
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const OFF: AutoCommit = { when: "off" }

export function createAutoCommits({ commit, values, clock, log }: AutoCommitsOptions): AutoCommits {
  const policies = new Map<string, Promise<AutoCommit>>()
  const waiting = new Map<string, Waiting>()
  let closed = false

  const load = async (workspace: string): Promise<AutoCommit> => {
    const text = await values.get(workspace, SPACE, KEY)
    return text === undefined ? OFF : AutoCommit.parse(JSON.parse(text))
  }
  const read = (workspace: string): Promise<AutoCommit> => {
    const known = policies.get(workspace) ?? load(workspace)
    policies.set(workspace, known)
    known.catch(() => policies.delete(workspace))
    return known
  }
  const failed = (workspace: string, error: unknown) => {
    const nothing =
      error instanceof NexusError && (error.failure.code === "conflict" || error.failure.code === "not-found")
    if (!nothing) log("a workspace was not committed by itself", { workspace, error: String(error) })
  }
  const fire = (workspace: string) => {
    forgetTimer(workspace)
    if (!closed) commit(workspace).catch((error: unknown) => failed(workspace, error))
  }
  const forgetTimer = (workspace: string) => {
    clearTimeout(waiting.get(workspace)?.timer)
    waiting.delete(workspace)
  }
  const later = (workspace: string, delayMs: number) => setTimeout(() => due(workspace), delayMs).unref()
  /** The quiet may have been broken since the timer was set. */
  const due = (workspace: string) => {
    read(workspace).then(
      (policy) => {
        const noted = waiting.get(workspace)
        if (!noted) return
        const leftMs = policy.when === "quiet" ? noted.lastAtMs + policy.minutes * MINUTE_MS - clock() : 0
        if (leftMs <= 0) fire(workspace)
        else noted.timer = later(workspace, leftMs)
      },
      (error: unknown) => failed(workspace, error),
    )
  }
  const arrange = (workspace: string, policy: AutoCommit) => {
    const noted = waiting.get(workspace)
    if (!noted || closed) return
    if (policy.when === "off") forgetTimer(workspace)
    else if (policy.when === "changes") {
      if (noted.changes >= policy.count) fire(workspace)
    } else if (policy.when === "quiet") noted.timer ??= later(workspace, policy.minutes * MINUTE_MS)
    else noted.timer ??= later(workspace, DAY_MS - (clock() % DAY_MS))
  }
  const note = (workspace: string) => {
    const noted = waiting.get(workspace) ?? { changes: 0, lastAtMs: 0, timer: undefined }
    waiting.set(workspace, noted)
    noted.changes += 1
    noted.lastAtMs = clock()
    return read(workspace).then((policy) => arrange(workspace, policy))
  }

  return {
    read,
    onChange({ workspace, cause }) {
      // A switch or a merge brings what is committed already.
      if (closed || cause.actor.kind === "git") return
      note(workspace).catch((error: unknown) => failed(workspace, error))
    },
    async set(workspace, autoCommit) {
      await values.set(workspace, SPACE, KEY, JSON.stringify(autoCommit))
      policies.set(workspace, Promise.resolve(autoCommit))
      clearTimeout(waiting.get(workspace)?.timer)
      waiting.delete(workspace)
      await note(workspace)
      return autoCommit
    },
    async wake(workspaces) {
      for (const id of workspaces) {
        try {
          if ((await read(id)).when !== "off") await note(id)
        } catch (error) {
          failed(id, error)
        }
      }
    },
    async forget(workspace) {
      forgetTimer(workspace)
      policies.delete(workspace)
    },
    close() {
      closed = true
      for (const id of [...waiting.keys()]) forgetTimer(id)
    },
  }
}
