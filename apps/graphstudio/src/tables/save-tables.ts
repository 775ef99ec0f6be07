import { tablesOf } from "@nexus/reactor/react"
import { livePanel } from "../canvas/live-panels.ts"
import { saveFile } from "../ui/save-file.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Desk } from "../workspace/desk.ts"
import { toCsv } from "./to-csv.ts"

/** Saves what a panel's tables show now, a file each; a panel without one says so. */
export function saveTables(desk: Desk, id: string): void {
  const entity = desk.mirror.graph.panel(id)
  const live = entity && livePanel(desk, entity)
  if (!entity || !live) return
  const { title } = entity.properties
  const tables = tablesOf(live)
  if (tables.every(({ rows }) => rows.length === 0)) {
    toast({ title: say("{title} shows no rows now", { title }), detail: say("Save it when its table has some.") })
    return
  }
  for (const [index, table] of tables.entries()) {
    const name = tables.length === 1 ? title : `${title} ${table.label || index + 1}`
    saveFile(new Blob([toCsv(table)], { type: "text/csv" }), `${fileName(name)}.csv`)
  }
}

/** Without what a disk takes for something else. */
function fileName(text: string): string {
  const bare = text.replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, " ").trim()
  return bare.slice(0, 100) || say("Table")
}
