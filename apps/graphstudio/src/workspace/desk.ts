import {
  type Account,
  type ApiClient,
  type Change,
  NexusError,
  type Operation,
  type Role,
  type Touch,
} from "@nexus/protocol"
import type { Connection, WorkspaceMirror } from "@nexus/reactor/client"
import type { WorkspaceFiles } from "@nexus/reactor/react"
import { sentence } from "../connect/sentence.ts"
import { seatPeople } from "../ui/person-colour.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { type ActivityStore, createActivity, noteLog, noteRemote, noteScheduledRun, whilePending } from "./activity.ts"
import { createWorkspaceFiles } from "./files.ts"
import { observeMirror } from "./observe-mirror.ts"
import { createWaiting, type Waiting } from "./waiting.ts"

/**
 * One open workspace on this screen: its mirror and what goes on. Reading is always from
 * `mirror.graph`; React learns through `watch`, which tells only those who look at what was touched. Copying the graph
 * into a store was refused: it would be a second truth that lags the first.
 */
export interface Desk {
  readonly workspace: string
  readonly user: Account
  readonly api: ApiClient
  readonly mirror: WorkspaceMirror
  readonly files: WorkspaceFiles
  readonly activity: ActivityStore
  readonly waiting: Waiting
  /** Looks for the kernel at once instead of after the wait. */
  tryNow(): void
  /** Submits as one change; a refusal is told to the person and answers false. */
  submit(operations: readonly Operation[], reason: string): Promise<boolean>
  /** Takes back, or does again, one's last step or several; stops at the first that cannot be taken. */
  undo(steps?: number): Promise<void>
  redo(steps?: number): Promise<void>
  /** Told when the entity, or anything inside it, was touched. */
  watch(id: string, told: () => void): () => void
  /** Told when any entity came, went, or changed other than in its state. */
  watchEntities(told: () => void): () => void
  /** Runs when the desk closes. */
  onClose(work: () => void): void
  close(): void
}

export interface DeskOptions {
  readonly connection: Connection
  readonly workspace: string
  readonly user: Account
  readonly api: ApiClient
}

export function createDesk({ connection, workspace, user, api }: DeskOptions): Desk {
  const activity = createActivity()
  const waiting = createWaiting(api, workspace)
  const opened = connection.open(workspace)
  const mirror = observeMirror(opened, activity, Date.now)
  const closing: (() => void)[] = []
  const byId = new Map<string, Set<() => void>>()
  const everything = new Set<() => void>()

  const stopTouches = opened.onTouched((touched, change) => {
    if (touched.length === 0) for (const watchers of byId.values()) tell(watchers)
    for (const id of new Set(touched.map((touch) => touch.id))) tell(byId.get(id))
    if (touched.length === 0 || touched.some((touch) => !touch.path)) tell(everything)
    if (change) noteOthers(activity, user.id, change, touched)
    // Another source may make a waiting run one of a changed handler.
    const runs = waiting.store.getState().runs ?? []
    if (runs.some(({ panel }) => touched.some(({ id, path }) => id === panel && !path))) waiting.refresh()
  })
  const stopLog = opened.onLog(({ kind: _kind, workspace: _workspace, panel, ...line }) =>
    noteLog(activity, panel, line),
  )
  const stopRuns = opened.onRuns(waiting.refresh)
  const seat = () => seatPeople([user.id, ...opened.peers.map((peer) => peer.user)])
  const stopPeers = opened.onPeers(seat)

  /** What was refused and is kept for the person to decide is said where it is kept. */
  const isKept = (error: unknown) =>
    error instanceof NexusError && mirror.conflicts.some(({ failure }) => failure === error.failure)

  const step = async (back: boolean, steps: number) => {
    try {
      let done = true
      for (let count = 0; count < steps && done; count += 1) {
        done = await whilePending(activity, back ? mirror.undo() : mirror.redo())
      }
      if (!done) toast({ title: back ? say("Nothing of yours left to undo") : say("Nothing to redo") })
    } catch (error) {
      toast({
        tone: "wrong",
        title: back ? say("That cannot be undone now") : say("That cannot be redone now"),
        detail: sentence(error),
      })
    }
  }

  return {
    workspace,
    user,
    api,
    mirror,
    files: createWorkspaceFiles(api, workspace),
    activity,
    waiting,
    tryNow: () => connection.retry(),
    async submit(operations, reason) {
      if (operations.length === 0) return true
      try {
        await mirror.submit(operations, reason)
        return true
      } catch (error) {
        if (!isKept(error)) toast({ tone: "wrong", title: say("That was not saved"), detail: sentence(error) })
        return false
      }
    },
    undo: (steps = 1) => step(true, steps),
    redo: (steps = 1) => step(false, steps),
    watch(id, told) {
      const watchers = byId.get(id) ?? new Set()
      byId.set(id, watchers)
      watchers.add(told)
      return () => {
        watchers.delete(told)
        if (watchers.size === 0) byId.delete(id)
      }
    },
    watchEntities(told) {
      everything.add(told)
      return () => everything.delete(told)
    },
    onClose: (work) => closing.push(work),
    close() {
      stopTouches()
      stopLog()
      stopRuns()
      stopPeers()
      for (const work of closing) work()
    },
  }
}

export function mayEdit(role: Role | undefined): boolean {
  return role === "owner" || role === "editor"
}

function tell(watchers: ReadonlySet<() => void> | undefined): void {
  for (const told of watchers ?? []) told()
}

/** Remembers who else touched which panel, so that it can breathe once in their colour; a schedule is noted as a run. */
function noteOthers(activity: ActivityStore, self: string, change: Change, touched: readonly Touch[]): void {
  const { actor, run, approver, reason } = change.cause
  if (run?.trigger === "schedule") noteScheduledRun(activity, run.panel, run.handler, change.at)
  // A schedule ticks by itself: nobody came by, so nothing breathes.
  const by = run ? run.person : (approver ?? actor)
  if (!by || by.id === self || by.kind === "schedule") return
  for (const panel of new Set(touched.map(({ id }) => id))) {
    const valuesOnly = touched.every(({ id, path }) => id !== panel || path !== undefined)
    noteRemote(activity, panel, {
      by: { id: by.id, name: by.name },
      reason,
      at: change.at,
      seq: change.seq,
      valuesOnly,
    })
  }
}
