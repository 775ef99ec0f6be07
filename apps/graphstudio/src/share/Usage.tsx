import { endpoints } from "@nexus/protocol"
import { useCallback } from "react"
import { useLoaded } from "../account/use-loaded.ts"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { useDesk } from "../workspace/desk-context.ts"

const ROWS = {
  panels: "Panels",
  members: "Members",
  storageBytes: "Files",
  runsPerDay: "Runs today",
  aiTokensPerDay: "AI tokens today",
} as const
const NUMBER = new Intl.NumberFormat(undefined, { notation: "compact" })
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const

/** What the workspace uses of what it may. */
export function Usage() {
  const { api, workspace } = useDesk()
  const { value: usage, error } = useLoaded(
    useCallback(() => api.call(endpoints.readUsage, { params: { workspace } }), [api, workspace]),
  )
  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!usage) return <Skeleton lines={5} label="Loading what is used" />
  return (
    <section aria-labelledby="usage" className="flex flex-col gap-3">
      <h3 id="usage" className="text-13 text-soft">
        This workspace has the tier <strong className="font-medium text-ink">{usage.tier}</strong>. What is counted by
        the day begins anew at {new Date(usage.resetsAt).toLocaleTimeString([], { timeStyle: "short" })}.
      </h3>
      <dl className="flex flex-col gap-1.5 text-13">
        {(Object.keys(ROWS) as (keyof typeof ROWS)[]).map((kind) => {
          const { used, limit } = usage[kind]
          const said = kind === "storageBytes" ? inBytes : (amount: number) => NUMBER.format(amount)
          const share = Math.min(1, used / Math.max(limit, 1))
          return (
            <div key={kind} className="flex items-center gap-3">
              <dt className="w-32 text-soft">{ROWS[kind]}</dt>
              <dd className="flex flex-1 items-center gap-2">
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
                <span className="w-32 text-end text-12 tabular-nums">
                  {said(used)} of {said(limit)}
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

/** `1.5 MB`: in the largest unit of which there is one, by thousands of 1024. */
function inBytes(amount: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(amount, 1)) / 10))
  const unit = UNITS[step] ?? "byte"
  const style = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(undefined, style).format(amount / 1024 ** step)
}
