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
const BYTES = new Intl.NumberFormat(undefined, {
  notation: "compact",
  style: "unit",
  unit: "byte",
  unitDisplay: "narrow",
})

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
          const said = kind === "storageBytes" ? BYTES : NUMBER
          return (
            <div key={kind} className="flex items-center gap-3">
              <dt className="w-32 text-soft">{ROWS[kind]}</dt>
              <dd className="flex flex-1 items-center gap-2">
                <meter aria-label={ROWS[kind]} className="flex-1" min={0} max={Math.max(limit, 1)} value={used} />
                <span className="w-28 text-right text-12">
                  {said.format(used)} of {said.format(limit)}
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
