import { CircleCheck, RotateCcw, X } from "lucide-react"
import { useEffect } from "react"
import { ago } from "../ui/ago.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { CommentItem } from "./CommentItem.tsx"
import { Composer } from "./Composer.tsx"
import { commentDesk } from "./comment-desk.ts"
import { markRead } from "./read-marks.ts"
import { type Thread, wordsOf } from "./threads.ts"
import { useCommentActs } from "./use-comment-acts.ts"

interface ThreadCardProps {
  readonly thread: Thread
  readonly about: string
  /** The field for the next word takes the focus. */
  readonly focused?: boolean
}

/** A conversation: everything said, a field for the next word, and settling it. What is shown here is read. */
export function ThreadCard({ thread, about, focused = true }: ThreadCardProps) {
  const { user } = useDesk()
  const editable = useMayEdit()
  const acts = useCommentActs()
  const { id, first, answers } = thread
  const { resolved, author } = first.properties
  const maySettle = editable || author.id === user.id
  useEffect(() => markRead(wordsOf(thread).map((word) => word.id)), [thread])
  const foreign = answers.some(({ properties }) => properties.author.id !== first.properties.author.id)
  return (
    <div className="flex max-h-[min(480px,70vh)] flex-col">
      <div className="flex items-center gap-1 border-line border-b py-1.5 pe-1.5 ps-3">
        <h3 className="min-w-0 flex-1 truncate font-medium text-12 text-soft">{about}</h3>
        {!maySettle ? null : resolved ? (
          <Button small tone="quiet" icon={<RotateCcw size={13} />} onClick={() => acts.reopen(id)}>
            {say("Reopen")}
          </Button>
        ) : (
          <Button small tone="quiet" icon={<CircleCheck size={14} />} onClick={() => acts.resolve(id)}>
            {say("Resolve")}
          </Button>
        )}
        <IconButton small label={say("Close the thread")} icon={<X size={14} />} onClick={() => commentDesk.close()} />
      </div>
      {resolved ? (
        <p className="flex items-center gap-1.5 bg-good-soft px-3 py-1.5 text-12 text-good">
          <CircleCheck size={13} className="flex-none" />
          {say("Resolved by {name} {when}", { name: resolved.by.name, when: ago(resolved.at, Date.now()) })}
        </p>
      ) : null}
      <ol aria-label={say("Comments")} className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto px-3 py-2.5">
        <CommentItem comment={first} answered={foreign} />
        {answers.map((answer) => (
          <CommentItem key={answer.id} comment={answer} answered={false} />
        ))}
      </ol>
      <div className="px-3 pt-0.5 pb-3">
        <Composer
          key={id}
          about={id}
          label={say("Answer")}
          action={say("Answer")}
          focused={focused}
          onSend={(words) => acts.answer(id, words)}
        />
      </div>
    </div>
  )
}
