import { Tabs } from "radix-ui"
import { Drawer } from "../ui/Drawer.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { usePanelPart } from "../workspace/desk-context.ts"
import { type InspectorTab, studio, useStudio } from "../workspace/studio.ts"
import { RunLog } from "./RunLog.tsx"
import { Values } from "./Values.tsx"

const HandlersTab = onDemand(
  () => import("../runner/HandlersTab.tsx"),
  () => <Skeleton lines={4} label={say("Loading the handlers")} />,
)
const DesignTab = onDemand(
  () => import("../direct/DesignTab.tsx"),
  () => <Skeleton lines={6} label={say("Loading the components")} />,
)

const TABS: readonly (readonly [InspectorTab, string])[] = [
  ["design", say("Design")],
  ["values", say("Values")],
  ["handlers", say("Handlers")],
  ["log", say("Run log")],
]

/** What one panel knows now, and what its handlers said. */
export default function Inspector({ panel }: { readonly panel: string }) {
  const tab = useStudio((state) => state.inspector.tab)
  const title = usePanelPart(panel, (entity) => entity?.properties.title ?? "")
  const show = (next: InspectorTab) => studio.set({ inspector: { open: true, tab: next } })
  return (
    <Drawer
      title={say("Inspector: {title}", { title })}
      name="inspector"
      side="right"
      initialWidth={320}
      takesFocus={false}
      onClose={() => studio.set({ inspector: { open: false, tab } })}
    >
      <Tabs.Root value={tab} onValueChange={(next) => show(TABS.find(([name]) => name === next)?.[0] ?? "values")}>
        <Tabs.List
          aria-label={say("Inspector")}
          className="flex gap-1 overflow-x-auto overflow-y-hidden whitespace-nowrap border-line border-b px-3 pt-2"
        >
          {TABS.map(([name, label]) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="-mb-px border-transparent border-b-2 px-2 pb-2 text-13 text-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="design">
          <DesignTab panel={panel} />
        </Tabs.Content>
        <Tabs.Content value="values">
          <Values id={panel} />
        </Tabs.Content>
        <Tabs.Content value="handlers">
          <HandlersTab key={panel} panel={panel} />
        </Tabs.Content>
        <Tabs.Content value="log">
          <RunLog panel={panel} />
        </Tabs.Content>
      </Tabs.Root>
    </Drawer>
  )
}
