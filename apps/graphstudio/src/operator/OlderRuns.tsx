import { Button } from "../ui/Button.tsx"
import { LANGUAGE } from "../words/language.ts"
import { say } from "../words/say.ts"
import type { ReadRuns } from "./read-runs.ts"

interface OlderRunsProps extends Pick<ReadRuns, "further" | "unasked"> {
  readonly nameOf: (workspace: string) => string
  readonly onAsk: () => void
}

/** More names than these nobody reads. */
const NAMED = 3
const LIST = new Intl.ListFormat(LANGUAGE)

/** What is not in the list yet, in words, and the way to it. */
export function OlderRuns({ further, unasked, nameOf, onAsk }: OlderRunsProps) {
  if (further.length === 0 && unasked === 0) return null
  return (
    <footer className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-t px-4 py-2.5">
      <p role="status" className="text-12 text-soft">
        {further.length > NAMED
          ? say("{count} workspaces have older runs.", { count: further.length })
          : further.length > 0
            ? say("There are older runs of {names}.", { names: LIST.format(further.map(nameOf)) })
            : null}{" "}
        {unasked > 0
          ? say("{count, plural, one {# workspace is} other {# workspaces are}} not looked through yet.", {
              count: unasked,
            })
          : null}
      </p>
      <Button small onClick={onAsk}>
        {say("Show more")}
      </Button>
    </footer>
  )
}
