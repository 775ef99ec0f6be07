import { type ApiClient, endpoints } from "@nexus/protocol"
import { useCallback, useId } from "react"
import { useLoaded } from "../account/use-loaded.ts"
import { inBytes } from "../ui/in-bytes.ts"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { LANGUAGE } from "../words/language.ts"
import { say, sayRich } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"

const ROWS = {
  panels: say("Panels"),
  members: say("Members"),
  storageBytes: say("Files"),
  runsPerDay: say("Runs today"),
  aiTokensPerDay: say("AI tokens today"),
} as const
const NUMBER = new Intl.NumberFormat(LANGUAGE, { notation: "compact" })

/** What the open workspace uses of what it may. */
export function Usage() {
  const { api, workspace } = useDesk()
  return <UsageOf api={api} workspace={workspace} />
}

interface UsageOfProps {
  readonly api: ApiClient
  readonly workspace: string
}

/** What a workspace uses of what it may. */
export function UsageOf({ api, workspace }: UsageOfProps) {
  const id = useId()
  const { value: usage, error } = useLoaded(
    useCallback(() => api.call(endpoints.readUsage, { params: { workspace } }), [api, workspace]),
  )
  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!usage) return <Skeleton lines={5} label={say("Loading what is used")} />
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h3 id={id} className="text-13 text-soft">
        {sayRich("This workspace has the tier <b>{tier}</b>. What is counted by the day begins anew at {time}.", {
          tier: usage.tier,
          time: new Date(usage.resetsAt).toLocaleTimeString(LANGUAGE, { timeStyle: "short" }),
          b: (inside) => <strong className="font-medium text-ink">{inside}</strong>,
        })}
      </h3>
      <dl className="flex flex-col gap-1.5 text-13">
        {(Object.keys(ROWS) as (keyof typeof ROWS)[]).map((kind) => {
          const { used, limit } = usage[kind]
          const said = kind === "storageBytes" ? inBytes : (amount: number) => NUMBER.format(amount)
          const share = Math.min(1, used / Math.max(limit, 1))
          return (
            <div key={kind} className="flex flex-wrap items-center gap-x-3 max-sm:pb-2">
              <dt className="w-32 text-soft max-sm:w-full">{ROWS[kind]}</dt>
              <dd className="flex min-w-0 flex-1 items-center gap-2">
                <span className="relative h-1.5 flex-1 overflow-hidden rounded-full bg-sunken">
                  <meter
                    aria-label={ROWS[kind]}
                    className="absolute inset-0 opacity-0"
                    min={0}
                    max={Math.max(limit, 1)}
                    value={used}
                  />
                  <span
                    aria-hidden="true"
                    className={`absolute inset-y-0 start-0 rounded-full ${share > 0.9 ? "bg-careful" : "bg-accent"}`}
                    style={{ width: `${share * 100}%`, minWidth: used > 0 ? 3 : 0 }}
                  />
                </span>
                <span className="min-w-24 flex-none text-end text-12 tabular-nums sm:w-32">
                  {say("{used} of {limit}", { used: said(used), limit: said(limit) })}
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
