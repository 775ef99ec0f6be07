import { say } from "../words/say.ts"

/** A workspace to begin with: panels of the gallery, side by side. */
export interface Template {
  readonly name: string
  readonly text: string
  /** Folders of the gallery, column by column, each with its height on the canvas. */
  readonly columns: readonly (readonly (readonly [folder: string, height: number])[])[]
}

const WIDE = 400
const GAP = 24
const SIZES = { short: 320, middle: 440, tall: 560 } as const
const { short, middle, tall } = SIZES

export const TEMPLATES: readonly Template[] = [
  {
    name: say("Personal"),
    text: say("Lists, habits, money and what to read next"),
    columns: [
      [
        ["groceries", middle],
        ["unit-converter", short],
      ],
      [["habit-tracker", middle]],
      [
        ["focus-timer", middle],
        ["reading-list", middle],
      ],
      [["budget", 640]],
    ],
  },
  {
    name: say("Team"),
    text: say("Meetings, decisions and the work between them"),
    columns: [
      [["kanban", tall]],
      [
        ["meeting-notes", tall],
        ["poll", middle],
      ],
      [
        ["decision-log", tall],
        ["retrospective", tall],
      ],
      [
        ["stand-up", tall],
        ["okr-board", tall],
      ],
    ],
  },
  {
    name: say("Operations"),
    text: say("Is it up, who is on call, and what goes out next"),
    columns: [
      [
        ["service-health", tall],
        ["api-explorer", tall],
      ],
      [["on-call-handover", tall]],
      [["release-checklist", tall]],
      [["approval-flow", tall]],
    ],
  },
]

/** One panel of a template and where it goes. */
export interface PlacedPanel {
  readonly folder: string
  readonly frame: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
}

/** The panels of a template where they lie, column beside column. */
export function placeTemplate({ columns }: Pick<Template, "columns">): readonly PlacedPanel[] {
  return columns.flatMap((column, index) => {
    let next = 0
    return column.map(([folder, h]) => {
      const frame = { x: index * (WIDE + GAP), y: next, w: WIDE, h }
      next += h + GAP
      return { folder, frame }
    })
  })
}
