import {
  type Applied,
  apply,
  Graph,
  type JsonObject,
  NexusError,
  type Operation,
  type Panel,
  type Rejection,
  type Touch,
} from "@nexus/protocol"
import type { PanelMirror } from "../client/workspace-mirror.ts"
import { createLivePanel, type LivePanel, type LivePanelOptions } from "./live-panel.ts"
import { SessionState } from "./session-state.ts"

/** `within` is the workspace around the preview, as it is now: its other panels and its packages' components. */
export interface PreviewOptions extends Pick<LivePanelOptions, "onNotice" | "nextFrame" | "now"> {
  readonly id?: string
  readonly within?: Graph
}

/**
 * A panel that no kernel knows: its state is here, assignments and inputs work, handlers say that they need saving.
 * The editor's preview and rendering on the server use it.
 */
export function createPreviewPanel(panel: Panel, state: JsonObject = {}, options: PreviewOptions = {}): LivePanel {
  const { id = "preview", within, ...rest } = options
  const graph = within ? within.fork() : new Graph()
  return createLivePanel({ ...rest, id, panel, mirror: createLocalMirror(id, panel, state, graph) })
}

function createLocalMirror(id: string, panel: Panel, given: JsonObject, graph: Graph): PanelMirror {
  const state: { [name: string]: JsonObject[string] } = {}
  for (const { name, initial } of panel.states) state[name] = initial
  const sessions = new Map<string, SessionState>()
  const sessionOf = (of: string) => {
    const known = sessions.get(of) ?? new SessionState()
    sessions.set(of, known)
    return known
  }
  const session = sessionOf(id)
  for (const { name, scope } of panel.states) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (value === undefined) continue
    if (scope === "session") session.merge({ [name]: value })
    else state[name] = value
  }
  const frame = { x: 0, y: 0, w: 400, h: 300 }
  const properties = { source: "", frame, title: panel.title, state, grants: [] }
  graph.putEntity({ id, kind: "panel", name: panel.title, scope: "", properties })
  const listeners = new Set<(touched: readonly Touch[]) => void>()
  let seq = 0
  const nothing = () => () => {}
  return {
    workspace: id,
    graph,
    role: "owner",
    viewer: undefined,
    async submit(operations: readonly Operation[]) {
      const applied: Applied | Rejection = apply(graph, operations)
      if (!applied.ok) throw new NexusError(applied.failure)
      seq += 1
      for (const listener of listeners) listener(applied.touched)
      return { seq }
    },
    async trigger(_panel, handler) {
      throw new NexusError({ code: "unavailable", what: `Handler "${handler}"`, detail: "save the panel to run it." })
    },
    onTouched(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onLog: nothing,
    onView: nothing,
    session: sessionOf,
  }
}
