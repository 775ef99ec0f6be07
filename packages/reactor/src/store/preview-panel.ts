import {
  type Applied,
  apply,
  Graph,
  type HostCall,
  type JsonObject,
  NexusError,
  type Operation,
  type Panel,
  type Rejection,
  type Touch,
} from "@nexus/protocol"
import { Listeners } from "../client/listeners.ts"
import type { HandlerLog, PanelMirror, ViewCommand } from "../client/workspace-mirror.ts"
import type { HandlersHere } from "./handlers-here.ts"
import { createLivePanel, type LivePanel, type LivePanelOptions } from "./live-panel.ts"
import { SessionState } from "./session-state.ts"
import { finishedHere, takeTurn } from "./take-turn.ts"

/** `within` is the workspace around the preview, as it is now: its other panels and its packages' components. */
export interface PreviewOptions extends Pick<LivePanelOptions, "onNotice" | "nextFrame" | "now"> {
  readonly id?: string
  readonly within?: Graph
  /** Runs its handlers. Where there is none they say that they need saving. */
  readonly handlers?: HandlersHere
}

/**
 * A panel that no kernel knows: its state is here, assignments and inputs work, and handlers do where `handlers` runs
 * them. What they ask of the workspace is answered with what it needs. The editor's preview and rendering on the server
 * use it.
 */
export function createPreviewPanel(panel: Panel, state: JsonObject = {}, options: PreviewOptions = {}): LivePanel {
  const { id = "preview", within, handlers, ...rest } = options
  const graph = within ? within.fork() : new Graph()
  return createLivePanel({ ...rest, id, panel, mirror: createLocalMirror(id, panel, state, graph, handlers) })
}

function createLocalMirror(
  id: string,
  panel: Panel,
  given: JsonObject,
  graph: Graph,
  handlers: HandlersHere | undefined,
): PanelMirror {
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
  const touched = new Listeners<[readonly Touch[]]>()
  const logged = new Listeners<[HandlerLog]>()
  const viewed = new Listeners<[ViewCommand]>()
  let seq = 0
  const submit = (operations: readonly Operation[]) => {
    const applied: Applied | Rejection = apply(graph, operations)
    if (!applied.ok) throw new NexusError(applied.failure)
    seq += 1
    touched.tell(applied.touched)
  }
  return {
    workspace: id,
    graph,
    role: "owner",
    viewer: undefined,
    async submit(operations) {
      submit(operations)
      return { seq }
    },
    async trigger(of, handler, args) {
      if (!handlers) {
        throw new NexusError({ code: "unavailable", what: `Handler "${handler}"`, detail: "save the panel to run it." })
      }
      const end = await handlers.run({
        workspace: id,
        panel: of,
        ...(of === id ? { declared: panel } : {}),
        handler,
        args,
        graph: () => graph,
        session: () => sessionOf(of).values,
        answer: (call) => {
          const message = needsTheWorkspace(call)
          viewed.tell({ kind: "view_command", workspace: id, panel: of, command: "toast", argument: message })
          return { id: call.id, error: { code: "unavailable", message } }
        },
        take: (turn) =>
          takeTurn(turn, {
            workspace: id,
            panel: of,
            handler,
            session: sessionOf(of),
            submit,
            tellLog: (line) => logged.tell(line),
            tellView: (command) => viewed.tell(command),
          }),
      })
      if (end.status === "asks") throw new Error("a preview answers what its handlers ask")
      return finishedHere(end, seq)
    },
    onTouched: (listener) => touched.add(listener),
    onLog: (listener) => logged.add(listener),
    onView: (listener) => viewed.add(listener),
    session: sessionOf,
  }
}

function needsTheWorkspace({ capability, method }: HostCall): string {
  return `Needs the workspace: ${capability}.${method} runs when the panel is saved`
}
