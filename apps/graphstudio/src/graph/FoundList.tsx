import { Notice } from "../ui/Notice.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { nameOf } from "./graph-view.ts"
import { KINDS } from "./kind-words.ts"
import { useFound } from "./use-found.ts"

interface FoundListProps {
  readonly text: string
  readonly onPick: (id: string) => void
}

/** What the kernel found, each a way to look at it; it says when there is more than that. */
export function FoundList({ text, onPick }: FoundListProps) {
  const { mirror } = useDesk()
  const { answer, error } = useFound(text)
  if (error) {
    return (
      <Notice tone="wrong" className="mx-3 mb-2">
        {error}
      </Notice>
    )
  }
  if (!answer || !text.trim()) return null
  return (
    <div className="mx-3 mb-2 rounded-control border border-line bg-surface">
      <ul aria-label={say("Found")} className="max-h-52 overflow-auto py-1">
        {answer.entities.map((entity) => (
          <li key={entity.id}>
            <button
              type="button"
              onClick={() => onPick(entity.id)}
              className="flex w-full gap-2 px-3 py-1 text-start text-13 hover:bg-hover"
            >
              <span className="w-20 flex-none text-soft">{KINDS[entity.kind].word}</span>
              <span className="min-w-0 truncate">{nameOf(mirror.graph, entity)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p role="status" className="px-3 pb-1.5 text-12 text-soft">
        {answer.entities.length === 0
          ? say("Nothing has these words.")
          : answer.cut
            ? say("The first {count}; there is more. Say it more closely.", { count: answer.entities.length })
            : say("{count} found", { count: answer.entities.length })}
      </p>
    </div>
  )
}
