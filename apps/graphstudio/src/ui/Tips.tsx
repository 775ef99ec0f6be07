import { useEffect, useState } from "react"
import { onDemand } from "./on-demand.tsx"
import { followTips } from "./tips.ts"

const TipLayer = onDemand(() => import("./TipLayer.tsx"))

/** Once for the page: where tooltips show. What draws them comes when the pointer first goes to something that has one. */
export function Tips() {
  const [near, setNear] = useState(false)
  useEffect(() => followTips(() => setNear(true)), [])
  return near ? <TipLayer /> : null
}
