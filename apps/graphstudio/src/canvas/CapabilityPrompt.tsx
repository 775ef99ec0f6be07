import { ShieldQuestion } from "lucide-react"
import { useState } from "react"
import { inWords } from "../permissions/capability-words.ts"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { useDesk, usePanelActivity, usePanelLevel, usePanelPart } from "../workspace/desk-context.ts"
import { livePanel, readPanel } from "./live-panels.ts"
import { missingGrants, runAfterGrant } from "./missing-grants.ts"

/**
 * Asks for what the panel declares and nobody granted yet: which panel, what, why. Granting is a change like any other,
 * so it shows in the history and can be undone.
 */
export function CapabilityPrompt({ id }: { readonly id: string }) {
  const desk = useDesk()
  const editable = usePanelLevel(id) === "change"
  const source = usePanelPart(id, (panel) => panel?.properties.source ?? "")
  const grants = usePanelPart(id, (panel) => panel?.properties.grants)
  const title = usePanelPart(id, (panel) => panel?.properties.title ?? "")
  const denied = usePanelActivity(id, (activity) => activity.denied)
  const [later, setLater] = useState(false)
  const panel = readPanel(source)
  const missing = panel ? missingGrants(panel, grants ?? []) : []
  if (!panel || missing.length === 0) return null

  if (later && !denied) {
    return (
      <button
        type="button"
        onClick={() => setLater(false)}
        className="mb-3 flex items-center gap-1.5 rounded-control bg-careful-soft px-2 py-1 text-12 text-careful"
      >
        <ShieldQuestion size={13} />
        {say("Something here waits for a grant")}
      </button>
    )
  }

  const run = denied ?? runAfterGrant(panel)
  const grant = async () => {
    const wanted = missing.map(({ grant }) => ({ kind: "panel_grant" as const, panel: id, grant, granted: true }))
    const words = missing.map(({ grant }) => grant).join(", ")
    if (!(await desk.submit(wanted, `granted ${words} to ${title}`))) return
    const entity = desk.mirror.graph.panel(id)
    if (run && entity) await livePanel(desk, entity)?.trigger(run.handler, run.args)
  }

  return (
    <section
      aria-label={say("{title} asks for a permission", { title })}
      className="nx-fade mb-4 rounded-control border border-line bg-sunken p-3"
    >
      <p className="flex items-center gap-1.5 font-medium text-13">
        <ShieldQuestion size={15} className="text-careful" />
        {say("{title} would like to", { title })}
      </p>
      <ul className="mt-2 flex flex-col gap-2">
        {missing.map(({ grant: wanted, reason }) => (
          <li key={wanted} className="text-13">
            <span className="[overflow-wrap:anywhere]">{inWords(wanted)}</span>
            {reason ? <span className="block text-12 text-soft">{say("Its reason: {reason}", { reason })}</span> : null}
          </li>
        ))}
      </ul>
      {editable ? (
        <div className="mt-3 flex gap-2">
          <Button small tone="primary" onClick={grant}>
            {run ? say("Grant and run") : say("Grant")}
          </Button>
          <Button small tone="quiet" onClick={() => setLater(true)}>
            {say("Not now")}
          </Button>
        </div>
      ) : (
        <p className="mt-3 text-12 text-soft">{say("An editor of this workspace can grant it.")}</p>
      )}
    </section>
  )
}
