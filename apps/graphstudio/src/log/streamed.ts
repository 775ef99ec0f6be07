import type { ActivityState, LogLine } from "../workspace/activity.ts"

/** A line with the panel it belongs to. */
export interface PanelLine {
  readonly panel: string
  readonly line: LogLine
}

export const LEVEL_NAMES = ["debug", "info", "warn", "error"] as const satisfies readonly LogLine["level"][]

export interface Wanted {
  /** `undefined` is all panels. */
  readonly panel: string | undefined
  /** This level and what is worse. */
  readonly level: LogLine["level"]
  /** Only lines that came after this one. */
  readonly after: number
}

/** Beyond this many the oldest are not shown. */
const MOST = 500

/** The lines of all panels that are wanted, in the order they came: ids count up as lines come. */
export function streamed(panels: ActivityState["panels"], { panel, level, after }: Wanted): readonly PanelLine[] {
  const least = LEVEL_NAMES.indexOf(level)
  const from = panel === undefined ? Object.entries(panels) : [[panel, panels[panel]] as const]
  const lines = from.flatMap(([id, activity]) =>
    (activity?.log ?? [])
      .filter((line) => line.id > after && LEVEL_NAMES.indexOf(line.level) >= least)
      .map((line) => ({ panel: id, line })),
  )
  return lines.sort((a, b) => a.line.id - b.line.id).slice(-MOST)
}
