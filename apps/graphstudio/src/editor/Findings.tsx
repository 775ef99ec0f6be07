import type { Diagnostic } from "@nexus/protocol"
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react"
import { Keys } from "../ui/Keys.tsx"
import { say, sayAgain } from "../words/say.ts"
import { findingInWords } from "./nxml-marks.ts"

interface FindingsProps {
  /** The text was read; before that nothing is known about it. */
  readonly reading: boolean
  readonly findings: readonly Diagnostic[]
  readonly onGo: (finding: Diagnostic) => void
  readonly onFix: ((finding: Diagnostic) => void) | undefined
}

/** How many are listed: who has more mends the first ones first. */
const SHOWN = 100

/** Every mistake with its code and what to do, in the order of the text. */
export function Findings({ reading, findings, onGo, onFix }: FindingsProps) {
  if (!reading) return <p className="h-10" />
  if (findings.length === 0) {
    return (
      <p role="status" className="flex items-center gap-2 px-4 py-2.5 text-13 text-soft">
        <CircleCheck size={15} className="text-good" />
        {say("No mistakes")}
      </p>
    )
  }
  const first = findings.find(({ fix }) => fix)
  return (
    <ul aria-label={say("Mistakes")} className="max-h-44 overflow-auto py-1">
      {findings.slice(0, SHOWN).map((finding) => (
        <li
          key={`${finding.code} ${finding.range.offset} ${finding.message}`}
          className="flex items-start gap-2 px-4 py-1.5 text-13 hover:bg-hover"
        >
          {finding.severity === "error" ? (
            <CircleX size={15} className="mt-[3px] flex-none text-wrong" />
          ) : (
            <TriangleAlert size={15} className="mt-[3px] flex-none text-careful" />
          )}
          <button type="button" className="min-w-0 flex-1 text-start" onClick={() => onGo(finding)}>
            <span className="me-2">{findingInWords(finding)}</span>
            <span className="inline-block whitespace-nowrap font-mono text-12 text-faint">
              {say("{code} · line {line}", { code: finding.code, line: finding.range.line })}
            </span>
          </button>
          {finding.fix && onFix ? (
            <button
              type="button"
              onClick={() => onFix(finding)}
              className="flex flex-none items-center gap-1.5 rounded-[6px] bg-accent-soft px-2 py-0.5 font-medium text-12 text-accent"
            >
              {sayAgain(finding.fix.label)}
              {finding === first ? <Keys shortcut="Mod+." /> : null}
            </button>
          ) : null}
        </li>
      ))}
      {findings.length > SHOWN ? (
        <li className="px-4 py-1.5 text-13 text-soft">
          {say("and {count} more behind them", { count: findings.length - SHOWN })}
        </li>
      ) : null}
    </ul>
  )
}
