import { type PanelEntity, type PanelLevel, type Peer, placingOf, type Role } from "@nexus/protocol"
import type { Conflict, WorkspaceMirror } from "@nexus/reactor/client"
import { createContext, useCallback, useContext, useRef, useSyncExternalStore } from "react"
import { useStore } from "zustand"
import { type ActivityState, type PanelActivity, QUIET } from "./activity.ts"
import { type Desk, mayEdit } from "./desk.ts"
import type { WaitingState } from "./waiting.ts"

const DeskContext = createContext<Desk | undefined>(undefined)
export const DeskProvider = DeskContext.Provider

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error("useDesk outside of DeskProvider")
  return desk
}

/** A panel's entity as it is now; paints whenever anything in it changes, its state included. */
export function usePanel(id: string): PanelEntity | undefined {
  return usePanelPart(id, whole)
}

const whole = (panel: PanelEntity | undefined) => panel

/** One part of a panel; paints only when that part is another value. `part` must be stable and give stable values. */
export function usePanelPart<Value>(id: string, part: (panel: PanelEntity | undefined) => Value): Value {
  const desk = useDesk()
  const watch = useCallback((told: () => void) => desk.watch(id, told), [desk, id])
  return useSyncExternalStore(watch, () => part(desk.mirror.graph.panel(id)))
}

/** All panels, in the order they came; paints when one came, went, moved or was renamed, not when state changes. */
export function usePanels(): readonly PanelEntity[] {
  const desk = useDesk()
  const kept = useRef<readonly PanelEntity[]>([])
  return useSyncExternalStore(desk.watchEntities, () => {
    const panels = [...desk.mirror.graph.panels()]
    const same = panels.length === kept.current.length && panels.every((panel, i) => sameChrome(panel, kept.current[i]))
    if (!same) kept.current = panels
    return kept.current
  })
}

function sameChrome(a: PanelEntity, b: PanelEntity | undefined): boolean {
  const [one, two] = [a.properties, b?.properties]
  if (a.id !== b?.id || one.frame !== two?.frame || one.title !== two.title || one.source !== two.source) return false
  const [lies, lay] = [placingOf(a), placingOf(b)]
  return lies.z === lay.z && lies.locked === lay.locked && lies.group === lay.group
}

export function useWorkspaceName(): string {
  const desk = useDesk()
  return useSyncExternalStore(desk.watchEntities, () => desk.mirror.graph.entity(desk.workspace)?.name ?? "")
}

/** The branch that the workspace is on. */
export function useBranch(): string {
  const desk = useDesk()
  return useSyncExternalStore(desk.watchEntities, () => {
    const branch = desk.mirror.graph.entity(desk.workspace)?.properties.branch
    return typeof branch === "string" && branch ? branch : "main"
  })
}

export function useActivity<Value>(part: (state: ActivityState) => Value): Value {
  return useStore(useDesk().activity, part)
}

/** A part of what goes on in a panel: a tick that changes another part repaints nobody. */
export function usePanelActivity<Value>(id: string, part: (activity: PanelActivity) => Value): Value {
  return useActivity(({ panels }) => part(panels[id] ?? QUIET))
}

export function useWaiting<Value>(part: (state: WaitingState) => Value): Value {
  return useStore(useDesk().waiting.store, part)
}

export function usePeers(): readonly Peer[] {
  const { mirror } = useDesk()
  const watch = useCallback((told: () => void) => mirror.onPeers(told), [mirror])
  return useSyncExternalStore(watch, () => mirror.peers)
}

export function useRole(): Role | undefined {
  const desk = useDesk()
  return useSyncExternalStore(desk.watchEntities, () => desk.mirror.role)
}

export function useMayEdit(): boolean {
  return mayEdit(useRole())
}

/** What one may do with a panel: what one's role says, or less where an owner narrowed it. */
export function usePanelLevel(id: string): PanelLevel {
  const { mirror, watchEntities } = useDesk()
  return useSyncExternalStore(watchEntities, () => mirror.levelOf(id))
}

/** What was done without a line and did not fit when it was back. */
export function useConflicts(): readonly Conflict[] {
  const { mirror } = useDesk()
  const watch = useCallback((told: () => void) => mirror.onConflicts(told), [mirror])
  return useSyncExternalStore(watch, () => mirror.conflicts)
}

/** How many requests have no answer yet. */
export function useQueued(): number {
  const { mirror } = useDesk()
  const watch = useCallback((told: () => void) => mirror.onQueue(told), [mirror])
  return useSyncExternalStore(watch, () => mirror.queued)
}

/** What this client did and can take back, and what it can do again; paints when that is other. */
export function useSteps(): Steps {
  const { mirror } = useDesk()
  const watch = useCallback((told: () => void) => mirror.onHistory(told), [mirror])
  const kept = useRef<Steps>({ undo: [], redo: [] })
  return useSyncExternalStore(watch, () => {
    const { undo, redo } = mirror.steps
    if (!sameSteps(undo, kept.current.undo) || !sameSteps(redo, kept.current.redo)) {
      kept.current = { undo: [...undo], redo: [...redo] }
    }
    return kept.current
  })
}

type Steps = WorkspaceMirror["steps"]

function sameSteps(a: Steps["undo"], b: Steps["undo"]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index])
}

/** Is there something of one's own to take back, or to do again? */
export function useHistory(): { readonly canUndo: boolean; readonly canRedo: boolean } {
  const { mirror } = useDesk()
  const watch = useCallback((told: () => void) => mirror.onHistory(told), [mirror])
  const canUndo = useSyncExternalStore(watch, () => mirror.canUndo)
  const canRedo = useSyncExternalStore(watch, () => mirror.canRedo)
  return { canUndo, canRedo }
}
