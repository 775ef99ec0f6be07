import { ShieldCheck, ShieldQuestion } from "lucide-react"
import type { ReactNode } from "react"
import { ago, instant } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { toast } from "../ui/toasts.ts"
import { say, sayFor } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import type { PanelPermissions, Permission } from "./permissions-of.ts"

interface PanelRightsProps {
  readonly panel: PanelPermissions
  readonly editable: boolean
}

/** The rights of one panel: those it holds, each to be revoked at once, and those it asks for. */
export function PanelRights({ panel: { panel, title, held, wanted }, editable }: PanelRightsProps) {
  const { submit } = useDesk()
  const change = (capability: string, granted: boolean) =>
    submit(
      [{ kind: "panel_grant", panel, grant: capability, granted }],
      granted ? `granted ${capability} to ${title}` : `took ${capability} back from ${title}`,
    )

  const revoke = async ({ capability, says }: Permission) => {
    if (!(await change(capability, false))) return
    const action = { label: say("Undo"), run: () => change(capability, true) }
    toast({
      title: say("{title} may no longer: {says}", { title, says }),
      detail: say("What waits for it is told so at once."),
      action,
    })
  }
  const grant = async ({ capability, says }: Permission) => {
    if (await change(capability, true)) toast({ tone: "good", title: say("{title} may now: {says}", { title, says }) })
  }

  return (
    <section aria-label={say("Rights of {title}", { title })} className="border-line border-b py-3 last:border-b-0">
      <h3 className="px-4 pb-1">
        <button
          type="button"
          onClick={() => studio.select([panel])}
          className="max-w-full truncate font-medium text-13 hover:text-accent hover:underline"
        >
          {title}
        </button>
      </h3>
      <ul>
        {held.map((permission) => (
          <Right key={permission.capability} permission={permission} held>
            {editable ? (
              <Button
                small
                aria-label={say("Revoke from {title}: {says}", { title, says: permission.says })}
                onClick={() => revoke(permission)}
              >
                {sayFor("a right", "Revoke")}
              </Button>
            ) : null}
          </Right>
        ))}
        {wanted.map((permission) => (
          <Right key={permission.capability} permission={permission}>
            {editable ? (
              <Button
                small
                tone="primary"
                aria-label={say("Grant to {title}: {says}", { title, says: permission.says })}
                onClick={() => grant(permission)}
              >
                {say("Grant")}
              </Button>
            ) : null}
          </Right>
        ))}
      </ul>
    </section>
  )
}

interface RightProps {
  readonly permission: Permission
  readonly held?: boolean
  readonly children: ReactNode
}

function Right({ permission: { says, reason, since, by }, held = false, children }: RightProps) {
  return (
    <li className="flex items-start gap-2.5 px-4 py-1.5">
      {held ? (
        <ShieldCheck size={15} aria-hidden="true" className="mt-[2.5px] flex-none text-good" />
      ) : (
        <ShieldQuestion size={15} aria-hidden="true" className="mt-[2.5px] flex-none text-careful" />
      )}
      <div className="min-w-0 flex-1">
        <p className="text-13 [overflow-wrap:anywhere]">{says}</p>
        {reason === undefined ? (
          <p className="text-12 text-careful">{say("The panel does not declare it, so it cannot use it.")}</p>
        ) : reason === "" ? null : (
          <p className="text-12 text-soft [overflow-wrap:anywhere]">{say("Its reason: {reason}", { reason })}</p>
        )}
        {held ? (
          since === undefined ? null : (
            <p className="text-12 text-faint" title={instant(since)}>
              {by
                ? say("Granted by {name} {ago}", { name: by.name, ago: ago(since, Date.now()) })
                : say("Granted {ago}", { ago: ago(since, Date.now()) })}
            </p>
          )
        ) : (
          <p className="text-12 text-careful">{say("Asked for, not granted")}</p>
        )}
      </div>
      {children}
    </li>
  )
}
