import { say } from "../words/say.ts"
import { PanelFilter } from "../workspace/PanelFilter.tsx"
import type { HistoryLook } from "./history.ts"

interface HistoryFilterProps {
  readonly look: HistoryLook
  readonly people: readonly string[]
  readonly onLook: (look: HistoryLook) => void
}

/** Which versions are shown: of which panel, by whom. */
export function HistoryFilter({ look: { limit, panel, person }, people, onLook }: HistoryFilterProps) {
  const show = (panel: string | undefined, person: string | undefined) =>
    onLook({ limit, ...(panel ? { panel } : {}), ...(person ? { person } : {}) })
  return (
    <div className="flex gap-2 border-line border-b px-3 py-2">
      <PanelFilter panel={panel} onChange={(chosen) => show(chosen, person)} />
      <select
        aria-label={say("Person")}
        className="h-7 min-w-0 flex-1 rounded-control border border-line bg-surface px-1.5 text-12"
        value={person ?? ""}
        onChange={(event) => show(panel, event.currentTarget.value)}
      >
        <option value="">{say("Everybody")}</option>
        {people.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
  )
}
