import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import type { ReadTable } from "./read-table.ts"
import { problemInWords } from "./table-words.ts"

interface TableProblemsProps {
  readonly table: ReadTable
  /** How many rows fit into the panel, and how many did not. */
  readonly taken: number
  readonly left: number
}

const TOLD = 4

/** What was odd about the file, line by line, and what of it does not fit. */
export function TableProblems({ table, taken, left }: TableProblemsProps) {
  const { problems } = table
  if (left <= 0 && problems.length === 0) return null
  return (
    <div className="mx-auto mb-4 flex max-w-[560px] flex-col gap-2">
      {left > 0 ? (
        <Notice tone="careful">
          {say("The file has {total} rows. A panel holds the first {taken} of them; {left} are left out.", {
            total: table.total,
            taken,
            left,
          })}
        </Notice>
      ) : null}
      {problems.length > 0 ? (
        <Notice tone="careful">
          <ul>
            {problems.slice(0, TOLD).map((problem) => (
              <li key={`${problem.line} ${problem.kind}`}>{problemInWords(problem)}</li>
            ))}
          </ul>
          {problems.length > TOLD ? (
            <details>
              <summary>
                {say("{count, plural, one {# more line} other {# more lines}}", { count: problems.length - TOLD })}
              </summary>
              <ul className="max-h-40 overflow-auto">
                {problems.slice(TOLD).map((problem) => (
                  <li key={`${problem.line} ${problem.kind}`}>{problemInWords(problem)}</li>
                ))}
              </ul>
            </details>
          ) : null}
        </Notice>
      ) : null}
    </div>
  )
}
