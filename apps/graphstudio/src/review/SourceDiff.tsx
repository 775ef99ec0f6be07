import { useMemo } from "react"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"
import { diffLines, foldDiff } from "./line-diff.ts"

const LOOK = {
  same: "text-soft",
  added: "bg-good-soft text-ink",
  removed: "bg-wrong-soft text-ink",
} as const
const SIGN = { same: " ", added: "+", removed: "−" } as const
const SPOKEN = { same: "", added: say("added:"), removed: say("removed:") } as const

interface SourceDiffProps {
  readonly title: string
  /** What it is called where several have one title. */
  readonly name?: string
  readonly before: string
  readonly after: string
}

/** The lines of a source that a patch would change. */
export function SourceDiff({ title, name = title, before, after }: SourceDiffProps) {
  const rows = useMemo(() => foldDiff(diffLines(before, after)), [before, after])
  return (
    <section
      aria-label={say("Source of {title}", { title: name })}
      className="overflow-hidden rounded-control border border-line"
    >
      <p className="border-line border-b bg-sunken px-3 py-1.5 font-medium text-12">{title}</p>
      <div className="overflow-x-auto py-1 font-mono text-12 leading-5 [font-variant-ligatures:none]">
        {rows.map((row, index) =>
          row.kind === "skipped" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one difference never move
            <div key={index} className="px-3 py-0.5 text-faint">
              {say("{count, plural, one {# line as it was} other {# lines as they were}}", { count: row.lines })}
            </div>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one difference never move
            <div key={index} className={classNames("flex w-max min-w-full whitespace-pre", LOOK[row.kind])}>
              <span aria-hidden="true" className="w-7 flex-none select-none text-center text-faint">
                {SIGN[row.kind]}
              </span>
              <span className="sr-only">{SPOKEN[row.kind]} </span>
              <span translate="no">{row.text}</span>
            </div>
          ),
        )}
      </div>
    </section>
  )
}
