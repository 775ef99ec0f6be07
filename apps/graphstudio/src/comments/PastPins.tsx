import type { Graph } from "@nexus/protocol"
import { useMemo } from "react"
import { ago } from "../ui/ago.ts"
import { say } from "../words/say.ts"
import { CommentPin } from "./CommentPin.tsx"
import { CommentText } from "./CommentText.tsx"
import { commentDesk, useCommentDesk } from "./comment-desk.ts"
import { commentsIn, type Thread, toThreads, wordsOf } from "./threads.ts"

interface PastPinsProps {
  /** The workspace as it was. */
  readonly graph: Graph
  readonly scope: string
}

/** What had been said about `scope` by then and was not settled, where it was pinned; to read, like all of the past. */
export default function PastPins({ graph, scope }: PastPinsProps) {
  const open = useCommentDesk((state) => state.open)
  const threads = useMemo(
    () =>
      toThreads(commentsIn(graph), graph).filter(
        ({ first }) => first.scope === scope && first.properties.resolved === undefined,
      ),
    [graph, scope],
  )
  const title = graph.panel(scope)?.properties.title
  const about = title === undefined ? say("On the canvas") : say("On {title}", { title })
  return threads.map((thread) => <PastPin key={thread.id} thread={thread} about={about} open={thread.id === open} />)
}

const CORNER = { x: 0, y: 0 }

function PastPin({ thread, about, open }: { readonly thread: Thread; readonly about: string; readonly open: boolean }) {
  const { author, text, place = CORNER } = thread.first.properties
  return (
    <CommentPin
      place={place}
      author={author}
      label={say("{about}, {name} then: {text}", { about, name: author.name, text: text.slice(0, 80) })}
      unread={false}
      open={open}
      onOpen={() => commentDesk.open(thread.id)}
    >
      <h3 className="truncate border-line border-b px-3 py-2 font-medium text-12 text-soft">{about}</h3>
      <ol
        aria-label={say("Comments")}
        className="flex max-h-[min(480px,70vh)] flex-col gap-3 overflow-auto px-3 py-2.5"
      >
        {wordsOf(thread).map(({ id, properties }) => (
          <li key={id}>
            <p className="text-12 text-soft">
              <span className="font-medium text-13 text-ink">{properties.author.name}</span>{" "}
              {ago(properties.at, Date.now())}
            </p>
            <CommentText text={properties.text} mentions={properties.mentions} />
          </li>
        ))}
      </ol>
    </CommentPin>
  )
}
