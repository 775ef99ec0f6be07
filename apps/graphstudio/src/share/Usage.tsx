import { endpoints, type UsageAnswer } from "@nexus/protocol"
import { useEffect, useState } from "react"
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
  const [usage, setUsage] = useState<UsageAnswer>()
  useEffect(() => {
    let here = true
    api.call(endpoints.readUsage, { params: { workspace } }).then(
      (answer) => here && setUsage(answer),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [api, workspace])
  if (!usage) return null
  return (
    <section aria-labelledby="usage" className="mt-6 border-line border-t pt-4">
      <h3 id="usage" className="mb-2 font-medium text-12 text-faint">
        Usage ({usage.tier})
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
