import { ShieldCheck } from "lucide-react"
import { Button } from "../ui/Button.tsx"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { inCode } from "../words/in-code.tsx"
import { say, sayRich } from "../words/say.ts"
import { useMayEdit } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { GrantHistory } from "./GrantHistory.tsx"
import { PanelRights } from "./PanelRights.tsx"
import { usePermissions } from "./use-permissions.ts"

/** What panels may do beyond themselves, in plain words; who let them, and the way to take it back. */
export default function PermissionsDrawer() {
  const editable = useMayEdit()
  const { panels, history, more, older, error } = usePermissions()
  return (
    <Drawer
      title={say("Permissions")}
      name="permissions"
      side="left"
      initialWidth={400}
      onClose={() => studio.set({ drawer: undefined })}
    >
      {error ? (
        <Notice tone="wrong" className="m-3">
          {error}
        </Notice>
      ) : null}
      {editable ? null : (
        <p className="border-line border-b px-4 py-2 text-12 text-soft">
          {say("You can look. Editors and owners grant and revoke.")}
        </p>
      )}
      {panels.length === 0 ? (
        <Empty icon={<ShieldCheck size={24} />} title={say("Every panel keeps to itself")}>
          {sayRich(
            "A panel that wants to fetch, keep, wait or ask says so with <code>Capability</code> and its reason, and a person grants it here.",
            { code: inCode },
          )}
        </Empty>
      ) : null}
      {panels.map((panel) => (
        <PanelRights key={panel.panel} panel={panel} editable={editable} />
      ))}
      {history?.length ? (
        <section aria-label={say("What was granted and revoked")} className="border-line border-t bg-sunken py-3">
          <h3 className="px-4 pb-1 font-medium text-12 text-faint">{say("What was granted and revoked")}</h3>
          <GrantHistory history={history} />
          {more ? (
            <div className="px-4 pt-2">
              <Button small onClick={older}>
                {say("Earlier")}
              </Button>
            </div>
          ) : null}
        </section>
      ) : null}
    </Drawer>
  )
}
