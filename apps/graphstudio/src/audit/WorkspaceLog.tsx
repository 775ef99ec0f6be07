import { AuditAction, endpoints, type MemberAnswer } from "@nexus/protocol"
import { Download } from "lucide-react"
import { useCallback, useId, useState } from "react"
import { sentence } from "../connect/sentence.ts"
import { Button } from "../ui/Button.tsx"
import { saveFile } from "../ui/save-file.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { actionWords, WORKSPACE_KINDS } from "./audit-words.ts"
import { EntryList } from "./EntryList.tsx"

const SHOWN = "20"
const FIELD = "h-8 min-w-0 rounded-control border border-line-strong bg-surface px-2 text-13"

/** Who did what to roles, links, rights and limits here, by kind, person and day; for owners. */
export function WorkspaceLog({ members }: { readonly members: readonly MemberAnswer[] }) {
  const { api, workspace, mirror } = useDesk()
  const [action, setAction] = useState("")
  const [actor, setActor] = useState("")
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")

  const read = useCallback(
    (cursor?: string) => {
      const query = {
        limit: SHOWN,
        ...(action === "" ? {} : { action: AuditAction.parse(action) }),
        ...(actor === "" ? {} : { actor }),
        ...(from === "" ? {} : { since: startOfDay(from, 0) }),
        ...(to === "" ? {} : { until: startOfDay(to, 1) }),
        ...(cursor === undefined ? {} : { cursor }),
      }
      return api.call(endpoints.listWorkspaceAudit, { params: { workspace }, query })
    },
    [api, workspace, action, actor, from, to],
  )
  const nameOf = (id: string) =>
    members.find(({ user }) => user.id === id)?.user.name ?? mirror.graph.panel(id)?.properties.title
  const take = async (format: "jsonl" | "csv") => {
    try {
      const answer = await api.open(endpoints.exportWorkspaceAudit, { params: { workspace }, query: { format } })
      saveFile(await answer.blob(), `audit-${workspace}.${format}`)
    } catch (cause) {
      toast({ tone: "wrong", title: say("The log was not exported"), detail: sentence(cause) })
    }
  }

  return (
    <div className="flex flex-col gap-3">
      <fieldset aria-label={say("Show")} className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        <select
          aria-label={say("What happened")}
          className={FIELD}
          value={action}
          onChange={(e) => setAction(e.currentTarget.value)}
        >
          <option value="">{say("Everything")}</option>
          {WORKSPACE_KINDS.map(([kind, actions]) => (
            <optgroup key={kind} label={kind}>
              {actions.map((one) => (
                <option key={one} value={one}>
                  {actionWords(one)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <select
          aria-label={say("By whom")}
          className={FIELD}
          value={actor}
          onChange={(e) => setActor(e.currentTarget.value)}
        >
          <option value="">{say("Anybody")}</option>
          {members.map(({ user }) => (
            <option key={user.id} value={user.id}>
              {user.name}
            </option>
          ))}
        </select>
        <Day label={say("From")} value={from} onChange={setFrom} />
        <Day label={say("To")} value={to} onChange={setTo} />
      </fieldset>
      <EntryList read={read} nameOf={nameOf} empty={say("Nothing of this kind is written down.")} />
      <div className="flex flex-wrap items-center gap-2 border-line border-t pt-3">
        <p className="min-w-0 flex-1 basis-56 text-12 text-soft">
          {say(
            "Each entry holds the hash of the one before, so that a changed log is found. An export is always whole.",
          )}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button small icon={<Download size={13} />} onClick={() => take("jsonl")}>
            {say("Export as JSON lines")}
          </Button>
          <Button small icon={<Download size={13} />} onClick={() => take("csv")}>
            {say("Export as CSV")}
          </Button>
        </div>
      </div>
    </div>
  )
}

interface DayProps {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
}

function Day({ label, value, onChange }: DayProps) {
  const id = useId()
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <label htmlFor={id} className="text-12 text-soft">
        {label}
      </label>
      <input
        id={id}
        type="date"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className={`${FIELD} flex-1`}
      />
    </span>
  )
}

/** Midnight here of a day such as `2026-11-30`, or so many days later; in milliseconds. */
function startOfDay(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number)
  return String(new Date(year, month - 1, date + later).getTime())
}
