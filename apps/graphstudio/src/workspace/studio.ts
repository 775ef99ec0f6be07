import type { StatePath } from "@nexus/protocol"
import { create } from "zustand"

export type DrawerName =
  | "versions"
  | "assistant"
  | "inbox"
  | "comments"
  | "history"
  | "runs"
  | "log"
  | "permissions"
  | "graph"
  | "conflicts"
export type InspectorTab = "design" | "values" | "handlers" | "log"

/** The panel whose components are edited where they stand; `node` is the selected one, counted in `source`. */
export interface Directing {
  readonly panel: string
  readonly node: string | undefined
  readonly source: string | undefined
}

/** A place in a panel's source, 1-based. */
export interface Place {
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/** What the editor works on: a panel that exists, or a new one that starts from `source`. */
export type Editing =
  | ({ readonly kind: "panel"; readonly panel: string } & Place)
  | { readonly kind: "new"; readonly source: string }

/** Where a table comes from that becomes a panel; `at` is where it was dropped, in canvas pixels. */
export type TableStart =
  | { readonly kind: "choose" }
  | { readonly kind: "file"; readonly file: File; readonly at?: { readonly x: number; readonly y: number } }

/** Why a value is what it is; a computed one asks about every state it reads. */
export interface WhyQuestion {
  readonly panel: string
  readonly label: string
  /** It is computed; `paths` are what it reads. */
  readonly computed?: true
  readonly paths: readonly StatePath[]
}

/** Which parts of the frame are open around the canvas. */
interface StudioState {
  readonly drawer: DrawerName | undefined
  readonly selection: readonly string[]
  readonly inspector: { readonly open: boolean; readonly tab: InspectorTab }
  readonly editing: Editing | undefined
  readonly gallery: boolean
  /** A file that is looked at before it becomes a panel. */
  readonly table: TableStart | undefined
  readonly directing: Directing | undefined
  readonly reviewing: string | undefined
  /** What was decided here about patches. */
  readonly decided: { readonly [patch: string]: "accepted" | "rejected" | "taken back" }
  readonly why: WhyQuestion | undefined
  /** The recorded run that is looked at, turn by turn. */
  readonly run: string | undefined
  readonly palette: boolean
  readonly help: boolean
  /** A panel that was just made and is to be brought on screen. */
  readonly reveal: string | undefined
  readonly sharing: boolean
  /** What the share dialog is to embed: a panel, or `""` for the canvas. */
  readonly embedding: string | undefined
  readonly exporting: boolean
  /** What a picture is asked of: a panel, or the whole canvas. */
  readonly picturing: { readonly panel?: string } | undefined
  readonly committing: boolean
  readonly minimap: boolean
  /** The instant on screen; `undefined` is now. */
  readonly instant: number | undefined
  readonly timeOpen: boolean
  /** The section whose name is being written. */
  readonly naming: string | undefined
  /** Looking for panels by words. */
  readonly finding: boolean
  /** Lines show which panel reads which. */
  readonly reads: boolean
  /** The panel that fills the window; empty: the first one. */
  readonly filling: string | undefined
  readonly presenting: boolean
}

const CLOSED: StudioState = {
  drawer: undefined,
  selection: [],
  inspector: { open: true, tab: "values" },
  editing: undefined,
  gallery: false,
  table: undefined,
  directing: undefined,
  reviewing: undefined,
  decided: {},
  why: undefined,
  run: undefined,
  palette: false,
  help: false,
  reveal: undefined,
  sharing: false,
  embedding: undefined,
  exporting: false,
  picturing: undefined,
  committing: false,
  minimap: false,
  instant: undefined,
  timeOpen: false,
  naming: undefined,
  finding: false,
  reads: false,
  filling: undefined,
  presenting: false,
}

export const useStudio = create<StudioState>(() => CLOSED)

export const studio = {
  /** Everything closed, for another workspace. */
  reset: () => useStudio.setState(CLOSED),
  set: (part: Partial<StudioState>) => useStudio.setState(part),
  toggleDrawer: (drawer: DrawerName) =>
    useStudio.setState((state) => ({ drawer: state.drawer === drawer ? undefined : drawer })),
  select: (selection: readonly string[]) =>
    useStudio.setState((state) => {
      if (sameIds(state.selection, selection)) return {}
      const stays = state.directing && selection.length === 1 && selection[0] === state.directing.panel
      return stays ? { selection } : { selection, directing: undefined }
    }),
  /** Escape: closes what is open, one thing at a time, then lets the selection go. */
  back: () =>
    useStudio.setState((state) => {
      if (state.presenting) return { presenting: false }
      if (state.finding) return { finding: false }
      if (state.drawer) return { drawer: undefined }
      if (state.directing) return { directing: undefined }
      if (state.timeOpen) return { timeOpen: false, instant: undefined }
      return { selection: [] }
    }),
  decide: (patch: string, how: StudioState["decided"][string]) =>
    useStudio.setState((state) => ({ decided: { ...state.decided, [patch]: how } })),
  /** The source of a panel in the editor, at a place in it. */
  edit: (panel: string, { line, column }: Place = {}) =>
    useStudio.setState({ editing: { kind: "panel", panel, line, column } }),
  /** A panel is edited where it stands; `source` is the text in which `node` is counted. */
  direct: (panel: string, node?: string | undefined, source?: string | undefined) =>
    useStudio.setState((state) => ({
      selection: [panel],
      directing: { panel, node, source },
      inspector: state.directing?.panel === panel ? state.inspector : { open: true, tab: "design" },
    })),
  /** Chooses a panel, and where one panel at a time is shown, shows it. */
  show: (panel: string | undefined) =>
    panel !== undefined &&
    useStudio.setState(({ filling, selection }) => ({
      ...(sameIds(selection, [panel]) ? {} : { selection: [panel] }),
      ...(filling === undefined ? {} : { filling: panel }),
    })),
  newPanel: () => useStudio.setState({ editing: { kind: "new", source: "" } }),
  inspect: (panel: string, tab: InspectorTab) =>
    useStudio.setState({ selection: [panel], inspector: { open: true, tab } }),
  /** Everything around the desk goes, and it is shown stop by stop. */
  present: () =>
    useStudio.setState({ presenting: true, drawer: undefined, finding: false, timeOpen: false, instant: undefined }),
  toggleTime: () =>
    useStudio.setState((state) =>
      state.timeOpen ? { timeOpen: false, instant: undefined } : { timeOpen: true, drawer: undefined },
    ),
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index])
}
