import { endpoints } from "@nexus/protocol"
import { Tabs } from "radix-ui"
import { useCallback } from "react"
import { useLoaded } from "../account/use-loaded.ts"
import { WorkspaceLog } from "../audit/WorkspaceLog.tsx"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { useDesk, useRole } from "../workspace/desk-context.ts"
import { Embeds } from "./Embeds.tsx"
import { Invitations } from "./Invitations.tsx"
import { Members } from "./Members.tsx"
import { PanelRules } from "./PanelRules.tsx"
import { ShareLinks } from "./ShareLinks.tsx"
import { Usage } from "./Usage.tsx"

const TAB =
  "-mb-px whitespace-nowrap border-transparent border-b-2 px-2 pb-2 text-13 text-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"

interface ShareDialogProps {
  /** The panel to embed, or `""` for the canvas, where that is what it was opened for. */
  readonly embedding: string | undefined
  readonly onClose: () => void
}

/** Who is in this workspace and may do what, the ways in, what is used, and who did what. */
export default function ShareDialog({ embedding, onClose }: ShareDialogProps) {
  const { api, workspace } = useDesk()
  const owner = useRole() === "owner"
  const { value, error, reload } = useLoaded(
    useCallback(() => api.call(endpoints.listMembers, { params: { workspace } }), [api, workspace]),
  )
  const tabs = [
    { name: "people", label: say("People") },
    ...(owner ? [{ name: "embed", label: say("Embed") }] : []),
    ...(owner ? [{ name: "panels", label: say("Single panels") }] : []),
    { name: "usage", label: say("Usage") },
    ...(owner ? [{ name: "log", label: say("Log") }] : []),
  ]
  return (
    <Dialog
      title={say("Share this workspace")}
      description={say("Who is here, what they may do, and how others come in.")}
      onClose={onClose}
      size="medium"
    >
      {/* The sheet keeps its height from one tab to the next, where there is room for it. */}
      <Tabs.Root
        defaultValue={owner && embedding !== undefined ? "embed" : "people"}
        className="-mt-3 sm:min-h-[min(640px,calc(100vh-180px))]"
      >
        <Tabs.List
          aria-label={say("Share")}
          className="-mx-5 mb-4 flex gap-1 overflow-x-auto overflow-y-hidden border-line border-b px-5 pt-2"
        >
          {tabs.map(({ name, label }) => (
            <Tabs.Trigger key={name} value={name} className={TAB}>
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {error ? <Notice tone="wrong">{error}</Notice> : null}
        {!value && !error ? <Skeleton lines={3} label={say("Loading members")} /> : null}
        <Tabs.Content value="people" className="flex flex-col gap-6">
          {owner ? (
            <>
              <ShareLinks onLeft={reload} />
              <Invitations />
            </>
          ) : (
            <Notice tone="info">{say("Only an owner lets others in. Ask one of them below.")}</Notice>
          )}
          {value ? <Members members={value.members} onChanged={reload} /> : null}
        </Tabs.Content>
        <Tabs.Content value="embed">
          <Embeds first={embedding} />
        </Tabs.Content>
        <Tabs.Content value="panels">{value ? <PanelRules members={value.members} /> : null}</Tabs.Content>
        <Tabs.Content value="usage">
          <Usage />
        </Tabs.Content>
        <Tabs.Content value="log">{value ? <WorkspaceLog members={value.members} /> : null}</Tabs.Content>
      </Tabs.Root>
    </Dialog>
  )
}
