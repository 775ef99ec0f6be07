import type { Patch } from "@nexus/protocol"
import { FileDiff } from "lucide-react"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import type { TalkLine } from "./talk.ts"

interface LineProps {
  readonly line: TalkLine
  readonly streaming: boolean
}

/** One line of the talk, with the patches it brought. */
export function Line({ line, streaming }: LineProps) {
  if (line.from === "person") {
    return (
      <li className="ms-8 self-end whitespace-pre-wrap rounded-sheet bg-accent-soft px-3 py-2 text-13 [overflow-wrap:anywhere]">
        {line.text}
      </li>
    )
  }
  const { context, tokens, failed, text, patches } = line
  return (
    <li className="flex flex-col gap-2 text-13">
      {context ? (
        <details className="text-12 text-faint">
          <summary className="tabular cursor-default">
            {say("Read {count, plural, one {# thing} other {# things}}, {tokens, number} tokens", {
              count: context.names.length,
              tokens: context.tokens,
            })}
          </summary>
          <p className="mt-1">{context.names.join(", ")}</p>
        </details>
      ) : null}
      {text ? <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p> : null}
      {streaming && !text && !failed ? (
        <span role="status" aria-label={say("Thinking")} className="nx-skeleton h-4 w-40" />
      ) : null}
      {patches.map((patch) => (
        <PatchCard key={patch.id} patch={patch} />
      ))}
      {failed ? <Notice tone="careful">{failed}</Notice> : null}
      {tokens === undefined ? null : (
        <span className="tabular text-12 text-faint">{say("{tokens, number} tokens used", { tokens })}</span>
      )}
    </li>
  )
}

const DECIDED = {
  accepted: () => say("Accepted"),
  rejected: () => say("Rejected"),
  "taken back": () => say("Taken back"),
} as const

function PatchCard({ patch }: { readonly patch: Patch }) {
  const count = patch.operations.length
  const decided = useStudio((state) => state.decided[patch.id])
  return (
    <div className="flex items-center gap-2.5 rounded-control border border-line bg-surface p-2.5">
      <FileDiff size={18} className="flex-none text-accent" />
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 font-medium [overflow-wrap:anywhere]">{patch.reason}</p>
        <p className="text-12 text-soft">
          {say("{count, plural, one {# difference} other {# differences}}", { count })}
        </p>
      </div>
      {decided ? (
        <span className="text-12 text-soft">{DECIDED[decided]()}</span>
      ) : (
        <Button small tone="primary" onClick={() => studio.set({ reviewing: patch.id })}>
          {say("Review")}
        </Button>
      )}
    </div>
  )
}
