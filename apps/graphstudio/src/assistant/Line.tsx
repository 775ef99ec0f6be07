import type { Patch } from "@nexus/protocol"
import { FileDiff } from "lucide-react"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
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
          <summary className="cursor-default">
            Read {context.names.length === 1 ? "1 thing" : `${context.names.length} things`},{" "}
            <span className="tabular">{context.tokens.toLocaleString("en")}</span> tokens
          </summary>
          <p className="mt-1">{context.names.join(", ")}</p>
        </details>
      ) : null}
      {text ? <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p> : null}
      {streaming && !text && !failed ? (
        <span role="status" aria-label="Thinking" className="nx-skeleton h-4 w-40" />
      ) : null}
      {patches.map((patch) => (
        <PatchCard key={patch.id} patch={patch} />
      ))}
      {failed ? <Notice tone="careful">{failed}</Notice> : null}
      {tokens === undefined ? null : (
        <span className="tabular text-12 text-faint">{tokens.toLocaleString("en")} tokens used</span>
      )}
    </li>
  )
}

function PatchCard({ patch }: { readonly patch: Patch }) {
  const count = patch.operations.length
  const decided = useStudio((state) => state.decided[patch.id])
  return (
    <div className="flex items-center gap-2.5 rounded-control border border-line bg-surface p-2.5">
      <FileDiff size={18} className="flex-none text-accent" />
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 font-medium [overflow-wrap:anywhere]">{patch.reason}</p>
        <p className="text-12 text-soft">{count === 1 ? "1 difference" : `${count} differences`}</p>
      </div>
      {decided ? (
        <span className="text-12 text-soft">{decided}</span>
      ) : (
        <Button small tone="primary" onClick={() => studio.set({ reviewing: patch.id })}>
          Review
        </Button>
      )}
    </div>
  )
}
