import { endpoints } from "@nexus/protocol"
import { sentence } from "../connect/sentence.ts"
import { toast } from "../ui/toasts.ts"
import { noteCommit } from "../versions/history.ts"
import { switchTo } from "../versions/version-acts.ts"
import { say } from "../words/say.ts"
import type { Desk } from "../workspace/desk.ts"
import { studio } from "../workspace/studio.ts"

/** Opens the workspace of that instant as a branch of its own, in one step; what is now stays on the branch it is on. */
export async function branchMoment(desk: Desk, at: number): Promise<void> {
  const name = `moment-${stamp(new Date(at))}`
  try {
    await desk.api.call(endpoints.branchMoment, { body: { workspace: desk.workspace, name, at } })
  } catch (cause) {
    toast({ tone: "wrong", title: say("That moment was not opened"), detail: sentence(cause) })
    return
  }
  noteCommit()
  studio.set({ instant: undefined, timeOpen: false })
  await switchTo(desk, name)
}

/** `2026-01-31-174502`, by the clock on the wall here. */
function stamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0")
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-")
  return `${day}-${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join("")}`
}
