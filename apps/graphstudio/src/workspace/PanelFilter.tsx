import { say } from "../words/say.ts"
import { usePanels } from "../workspace/desk-context.ts"

interface PanelFilterProps {
  /** `undefined` is all of them. */
  readonly panel: string | undefined
  readonly onChange: (panel: string | undefined) => void
}

/** All panels, or one. */
export function PanelFilter({ panel, onChange }: PanelFilterProps) {
  const panels = usePanels()
  return (
    <select
      aria-label={say("Panel")}
      value={panel ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      className="h-7 min-w-0 max-w-full flex-1 rounded-control border border-line bg-surface px-1.5 text-12"
    >
      <option value="">{say("All panels")}</option>
      {panels.map(({ id, properties }) => (
        <option key={id} value={id}>
          {properties.title}
        </option>
      ))}
    </select>
  )
}
