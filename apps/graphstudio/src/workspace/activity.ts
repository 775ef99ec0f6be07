import type { Actor, Failure, Json } from "@nexus/protocol"
import { createStore, type StoreApi } from "zustand"

/** One line of a panel's run log. */
export interface LogLine {
  readonly id: number
  readonly at: number
  readonly handler: string
  readonly level: "debug" | "info" | "warn" | "error"
  readonly message: string
  /** Where in the panel's source it was said. */
  readonly line?: number | undefined
  readonly column?: number | undefined
  /** The run it belongs to, where it is known. */
  readonly run?: string | undefined
  /** How often in a row it happened; said once. */
  readonly times?: number
}

/** A handler that was refused a capability, to be run again once it is granted. */
export interface DeniedRun {
  readonly handler: string
  readonly args: Json
}

/** Somebody else's last change to a panel. */
export interface RemoteTouch {
  readonly by: Pick<Actor, "id" | "name">
  readonly reason: string
  readonly at: number
  readonly seq: number
  /** It changed values only: they breathe where they stand, and the sheet does not. */
  readonly valuesOnly: boolean
}

export interface PanelActivity {
  readonly running: number
  readonly failure?: Failure | undefined
  readonly denied?: DeniedRun | undefined
  readonly log: readonly LogLine[]
  readonly remote?: RemoteTouch | undefined
}

/** What goes on at this desk right now: nothing of it is kept or shared. */
export interface ActivityState {
  /** Own requests on their way to the kernel. */
  readonly pending: number
  readonly panels: { readonly [panel: string]: PanelActivity }
}

export type ActivityStore = StoreApi<ActivityState>

export const QUIET: PanelActivity = { running: 0, log: [] }
const LOG_LINES = 200
/** The same person who goes on with the same is news again after so long. */
const SAME_TOUCH_MS = 60_000

export const logOf = ({ log }: PanelActivity) => log
export const remoteOf = ({ remote }: PanelActivity) => remote

export function createActivity(): ActivityStore {
  return createStore<ActivityState>(() => ({ pending: 0, panels: {} }))
}

/** Changes what goes on in one panel; every other panel's record stays the same object. */
export function noteActivity(
  store: ActivityStore,
  panel: string,
  edit: (before: PanelActivity) => Partial<PanelActivity>,
) {
  store.setState(({ panels }) => {
    const before = panels[panel] ?? QUIET
    return { panels: { ...panels, [panel]: { ...before, ...edit(before) } } }
  })
}

let nextLine = 1

export function noteLog(store: ActivityStore, panel: string, line: Omit<LogLine, "id" | "times">): void {
  const added = { ...line, id: nextLine++ }
  noteActivity(store, panel, ({ log }) => {
    const last = log.at(-1)
    // The kernel logs a refusal and the run then ends with the same sentence: it is said once, as the worse of the two.
    const again = last?.handler === line.handler && last.message === line.message && last.level !== line.level
    return { log: [...(again ? log.slice(0, -1) : log), added].slice(-LOG_LINES) }
  })
}

/** Somebody else's change. Values that go on changing by the same hand are one touch, or each tick would repaint its panel's bar. */
export function noteRemote(store: ActivityStore, panel: string, remote: RemoteTouch): void {
  const before = store.getState().panels[panel]?.remote
  const goesOn =
    before?.valuesOnly &&
    remote.valuesOnly &&
    before.by.id === remote.by.id &&
    before.reason === remote.reason &&
    remote.at - before.at < SAME_TOUCH_MS
  if (!goesOn) noteActivity(store, panel, () => ({ remote }))
}

/** A run that a schedule set off and that changed something. A clock that ticks each second stays one line. */
export function noteScheduledRun(store: ActivityStore, panel: string, handler: string, at: number): void {
  const message = "ran on its schedule"
  const last = store.getState().panels[panel]?.log.at(-1)
  if (last?.handler !== handler || last.message !== message) {
    noteLog(store, panel, { at, handler, level: "debug", message })
    return
  }
  const again = { ...last, at, times: (last.times ?? 1) + 1 }
  noteActivity(store, panel, ({ log }) => ({ log: [...log.slice(0, -1), again] }))
}

/** Counts `work` as pending until it settles, so that "Saving…" is true. */
export async function whilePending<Value>(store: ActivityStore, work: Promise<Value>): Promise<Value> {
  store.setState(({ pending }) => ({ pending: pending + 1 }))
  try {
    return await work
  } finally {
    store.setState(({ pending }) => ({ pending: pending - 1 }))
  }
}
