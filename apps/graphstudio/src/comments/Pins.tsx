import { say } from "../words/say.ts"
import { useDesk, usePanelPart } from "../workspace/desk-context.ts"
import { CommentPin } from "./CommentPin.tsx"
import { Composer } from "./Composer.tsx"
import { commentDesk, useCommentDesk } from "./comment-desk.ts"
import { useReadMarks } from "./read-marks.ts"
import { ThreadCard } from "./ThreadCard.tsx"
import { type Thread, unreadIn } from "./threads.ts"
import { toSentence } from "./to-sentence.ts"
import { useCommentActs } from "./use-comment-acts.ts"
import { useThreads } from "./use-threads.ts"

/** The pins of what is about `scope`, a panel or the workspace itself, and the one that is being set there. */
export default function Pins({ scope }: { readonly scope: string }) {
  const open = useCommentDesk((state) => state.open)
  const draft = useCommentDesk((state) => state.draft)
  const threads = useThreads().filter(
    ({ first, id }) => first.scope === scope && (!first.properties.resolved || id === open),
  )
  const title = usePanelPart(scope, (panel) => panel?.properties.title)
  const about = title === undefined ? say("On the canvas") : say("On {title}", { title })
  return (
    <>
      {threads.map((thread) => (
        <ThreadPin key={thread.id} thread={thread} about={about} open={thread.id === open} />
      ))}
      {draft?.scope === scope ? <DraftPin about={about} /> : null}
    </>
  )
}

interface ThreadPinProps {
  readonly thread: Thread
  readonly about: string
  readonly open: boolean
}

const CORNER = { x: 0, y: 0 }

function ThreadPin({ thread, about, open }: ThreadPinProps) {
  const { user } = useDesk()
  const unread = useReadMarks(({ read }) => unreadIn(thread, user.id, read).length)
  const { text, author, place = CORNER } = thread.first.properties
  const label = say(
    "{about}, {name}: {text} {answers, plural, =0 {No answers} one {# answer} other {# answers}}{unread, plural, =0 {} other {, # unread}}",
    { about, name: author.name, text: toSentence(text.slice(0, 80)), answers: thread.answers.length, unread },
  )
  return (
    <CommentPin
      place={place}
      author={author}
      label={label}
      unread={unread > 0}
      open={open}
      onOpen={() => commentDesk.open(thread.id)}
    >
      <ThreadCard thread={thread} about={about} />
    </CommentPin>
  )
}

function DraftPin({ about }: { readonly about: string }) {
  const { user } = useDesk()
  const draft = useCommentDesk((state) => state.draft)
  const acts = useCommentActs()
  if (!draft) return null
  return (
    <CommentPin
      place={draft.place ?? CORNER}
      author={user}
      label={say("New comment")}
      unread={false}
      open
      onOpen={() => undefined}
    >
      <div className="p-3">
        <h3 className="mb-1.5 truncate font-medium text-12 text-soft">{about}</h3>
        <Composer
          label={say("What do you want to say?")}
          action={say("Comment")}
          about={draft.scope}
          focused
          onCancel={commentDesk.close}
          onSend={(words) => acts.begin(draft, words)}
        />
      </div>
    </CommentPin>
  )
}
