import { Tabs } from "radix-ui"
import { type ReactNode, useEffect, useState } from "react"
import { Drawer } from "../ui/Drawer.tsx"
import { say } from "../words/say.ts"
import { useDesk, useWaiting } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { RecentRuns } from "./RecentRuns.tsx"
import { WaitingRuns } from "./WaitingRuns.tsx"

/** What handlers do beyond the moment: the runs that wait, and those that were. */
export default function RunsDrawer() {
  const { waiting } = useDesk()
  const count = useWaiting(({ runs }) => runs?.length ?? 0)
  const [tab, setTab] = useState("waiting")
  useEffect(() => {
    waiting.refresh()
  }, [waiting])
  return (
    <Drawer
      title={say("Runs")}
      name="runs"
      side="left"
      initialWidth={400}
      onClose={() => studio.set({ drawer: undefined })}
    >
      <Tabs.Root value={tab} onValueChange={setTab}>
        <Tabs.List
          aria-label={say("Runs")}
          className="sticky top-0 z-10 flex gap-1 border-line border-b bg-raised px-3 pt-2"
        >
          <Tab name="waiting">
            {say("Waiting")}
            {count > 0 ? (
              <span className="tabular ms-1.5 rounded-full bg-careful-soft px-1.5 text-12 text-careful">{count}</span>
            ) : null}
          </Tab>
          <Tab name="recent">{say("Recent")}</Tab>
        </Tabs.List>
        <Tabs.Content value="waiting">
          <WaitingRuns />
        </Tabs.Content>
        <Tabs.Content value="recent">
          <RecentRuns />
        </Tabs.Content>
      </Tabs.Root>
    </Drawer>
  )
}

function Tab({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Tabs.Trigger
      value={name}
      className="-mb-px border-transparent border-b-2 px-2 pb-2 text-13 text-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  )
}
