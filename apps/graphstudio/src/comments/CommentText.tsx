import type { Person } from "@nexus/protocol"
import { personColour } from "../ui/person-colour.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { piecesOf } from "./mentions.ts"

interface CommentTextProps {
  readonly text: string
  readonly mentions: readonly Person[]
}

/** What was said, as text alone; who is called stands in their colour. */
export function CommentText({ text, mentions }: CommentTextProps) {
  const { user } = useDesk()
  return (
    <span className="block whitespace-pre-wrap text-13 [overflow-wrap:anywhere]">
      {piecesOf(text, mentions).map(({ at, text: words, person }) =>
        person ? (
          <mark
            key={at}
            className={
              person.id === user.id
                ? "rounded-[4px] bg-accent-soft px-0.5 font-medium text-ink"
                : "bg-transparent font-medium text-ink underline decoration-2 underline-offset-2"
            }
            style={{ textDecorationColor: personColour(person.id) }}
          >
            {words}
          </mark>
        ) : (
          words
        ),
      )}
    </span>
  )
}
