import { say } from "../words/say.ts"

/** One line of the sheet: what the key does, and its usual key. */
export interface SheetRow {
  readonly label: string
  /** Nothing for a command that has no key unless somebody gives it one. */
  readonly shortcut?: string
}

export interface SheetGroup {
  readonly title: string
  /** The group of commands that stands here, where one does. */
  readonly group?: string
  readonly rows: readonly SheetRow[]
  /** These keys are the editor's or the pointer's: they are told, and stay as they are. */
  readonly fixed?: true
}

/** What keys do, whether it can be done at this moment or not; a command's own line is found by its usual key. */
export const SHEET: readonly SheetGroup[] = [
  {
    title: say("Panels"),
    group: "Panels",
    rows: [
      { label: say("Gallery"), shortcut: "N" },
      { label: say("New panel"), shortcut: "Shift+N" },
      { label: say("Edit the source"), shortcut: "E" },
      { label: say("Look into it"), shortcut: "I" },
      { label: say("Duplicate"), shortcut: "Mod+D" },
      { label: say("Delete"), shortcut: "Delete" },
    ],
  },
  {
    title: say("Canvas"),
    group: "Canvas",
    rows: [
      { label: say("Zoom in"), shortcut: "+" },
      { label: say("Zoom out"), shortcut: "-" },
      { label: say("Zoom to 100%"), shortcut: "0" },
      { label: say("Fit everything"), shortcut: "1" },
      { label: say("Zoom to the selection"), shortcut: "2" },
      { label: say("Minimap"), shortcut: "M" },
    ],
  },
  {
    title: say("Workspace"),
    group: "Workspace",
    rows: [
      { label: say("Commands"), shortcut: "Mod+K" },
      { label: say("Undo"), shortcut: "Mod+Z" },
      { label: say("Redo"), shortcut: "Mod+Shift+Z" },
      { label: say("Assistant"), shortcut: "A" },
      { label: say("Inbox: what handlers ask"), shortcut: "Q" },
      { label: say("Runs: what waits, what ran"), shortcut: "R" },
      { label: say("Log of all panels"), shortcut: "L" },
      { label: say("Permissions"), shortcut: "P" },
      { label: say("Graph: who reads and writes whom"), shortcut: "G" },
      { label: say("Versions"), shortcut: "V" },
      { label: say("Time"), shortcut: "T" },
      { label: say("This sheet"), shortcut: "?" },
    ],
  },
  {
    title: say("By hand"),
    fixed: true,
    rows: [
      { label: say("Move by keys (selected)"), shortcut: "Arrows" },
      { label: say("Size by keys (selected)"), shortcut: "Mod+Arrows" },
      { label: say("Select several"), shortcut: "Drag" },
      { label: say("Move the canvas"), shortcut: "Space+Drag" },
      { label: say("Close, or let go"), shortcut: "Escape" },
    ],
  },
  {
    title: say("Editor"),
    fixed: true,
    rows: [
      { label: say("Save"), shortcut: "Mod+S" },
      { label: say("Fix the mistake at the cursor"), shortcut: "Mod+." },
      { label: say("Next mistake"), shortcut: "F8" },
      { label: say("Complete"), shortcut: "Ctrl+Space" },
      { label: say("Go to where it is declared"), shortcut: "F12" },
      { label: say("The same by pointer"), shortcut: "Mod+Click" },
      { label: say("Every place of a name"), shortcut: "Shift+F12" },
      { label: say("Rename everywhere"), shortcut: "F2" },
      { label: say("Lay the text out"), shortcut: "Shift+Alt+F" },
      { label: say("Tab leaves the text, and back"), shortcut: "Ctrl+M" },
    ],
  },
]

interface Told {
  readonly label: string
  readonly group: string
  readonly shortcut?: string
  readonly ofOne?: true
}

/** The sheet with the commands that it does not tell of, each in its group where it has one. */
export function sheetWith(commands: readonly Told[]): readonly SheetGroup[] {
  const told = new Set(SHEET.flatMap(({ rows }) => rows.flatMap(({ shortcut }) => shortcut ?? [])))
  const others = commands.filter(({ shortcut, ofOne }) => !ofOne && !(shortcut && told.has(shortcut)))
  const groups = SHEET.map((group) => {
    const more = others.filter((command) => command.group === group.group)
    return { ...group, rows: [...group.rows, ...more] }
  })
  const rest = others.filter((command) => !SHEET.some(({ group }) => group === command.group))
  return rest.length === 0 ? groups : [...groups, { title: say("More"), rows: rest }]
}

/** The lines in which every word of `text` stands, in the label or the group's title. */
export function searchSheet(groups: readonly SheetGroup[], text: string): readonly SheetGroup[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return groups.flatMap((group) => {
    const rows = group.rows.filter(({ label }) => {
      const line = `${group.title} ${label}`.toLocaleLowerCase()
      return words.every((word) => line.includes(word))
    })
    return rows.length > 0 ? [{ ...group, rows }] : []
  })
}
