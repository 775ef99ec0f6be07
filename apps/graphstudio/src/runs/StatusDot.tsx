import type { RunRecordSummary } from "@nexus/protocol"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"

type Status = RunRecordSummary["status"]

const LOOK: Readonly<Record<Status, string>> = { finished: "bg-good", failed: "bg-wrong", waiting: "bg-careful" }
const WORDS: Readonly<Record<Status, string>> = {
  finished: say("Finished"),
  failed: say("Failed"),
  waiting: say("Waiting"),
}

/** How a run, or one of its turns, ended. */
export function StatusDot({ status }: { readonly status: Status }) {
  return (
    <span
      role="img"
      aria-label={WORDS[status]}
      title={WORDS[status]}
      className={classNames("mt-1.5 size-2 flex-none rounded-full", LOOK[status])}
    />
  )
}
