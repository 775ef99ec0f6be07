import { say } from "../words/say.ts"
import { studio } from "../workspace/studio.ts"

interface LineLinkProps {
  readonly panel: string
  readonly line: number
  readonly column?: number | undefined
}

/** The way from what a handler said, or where it failed, to that place in the source. */
export function LineLink({ panel, line, column }: LineLinkProps) {
  return (
    <button
      type="button"
      title={say("Open the source there")}
      onClick={() => studio.edit(panel, { line, column })}
      className="tabular flex-none whitespace-nowrap rounded-[5px] px-1 font-medium font-sans text-12 text-accent hover:bg-accent-soft"
    >
      {say("line {line}", { line })}
    </button>
  )
}
