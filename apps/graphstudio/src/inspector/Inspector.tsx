import { classNames } from "../ui/class-names.ts"
import { Drawer } from "../ui/Drawer.tsx"
import { usePanelPart } from "../workspace/desk-context.ts"
import { type InspectorTab, studio, useStudio } from "../workspace/studio.ts"
import { RunLog } from "./RunLog.tsx"
import { Values } from "./Values.tsx"

const TABS: readonly (readonly [InspectorTab, string])[] = [
  ["values", "Values"],
  ["log", "Run log"],
]

/** What one panel knows now, and what its handlers said. */
export default function Inspector({ panel }: { readonly panel: string }) {
  const tab = useStudio((state) => state.inspector.tab)
  const title = usePanelPart(panel, (entity) => entity?.properties.title ?? "")
  const show = (next: InspectorTab) => studio.set({ inspector: { open: true, tab: next } })
  return (
    <Drawer
      title={`Inspector: ${title}`}
      name="inspector"
      side="right"
      initialWidth={320}
      takesFocus={false}
      onClose={() => studio.set({ inspector: { open: false, tab } })}
    >
      <div role="tablist" aria-label="Inspector" className="flex gap-1 border-line border-b px-3 pt-2">
        {TABS.map(([name, label]) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={tab === name}
            onClick={() => show(name)}
            className={classNames(
              "-mb-px border-b-2 px-2 pb-2 text-13",
              tab === name ? "border-accent font-medium" : "border-transparent text-soft hover:text-ink",
            )}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={tab === "log" ? "Run log" : "Values"}>
        {tab === "log" ? <RunLog panel={panel} /> : <Values id={panel} />}
      </div>
    </Drawer>
  )
}
