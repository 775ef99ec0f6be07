import { AtSign } from "lucide-react"
import { CommentText } from "../comments/CommentText.tsx"
import { markRead } from "../comments/read-marks.ts"
import { showThread } from "../comments/show-thread.ts"
import { useUnreadMentions } from "../comments/use-threads.ts"
import { ago } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"

/** Where somebody called this person and they have not looked yet. */
export function MentionList() {
  const { mirror } = useDesk()
  const mentions = useUnreadMentions()
  if (mentions.length === 0) return null
  return (
    <ul aria-label={say("Mentions")}>
      {mentions.map((comment) => {
        const { author, text, at, mentions: called } = comment.properties
        return (
          <li key={comment.id} className="flex gap-2.5 border-line border-b px-4 py-3">
            <AtSign size={16} aria-hidden="true" className="mt-0.5 flex-none text-accent" />
            <div className="min-w-0 flex-1">
              <p className="text-12 text-soft">
                <span className="font-medium text-13 text-ink">{author.name}</span> {ago(at, Date.now())}
              </p>
              <CommentText text={text} mentions={called} />
              <span className="mt-1.5 flex gap-1.5">
                <Button small tone="primary" onClick={() => showThread(mirror.graph, comment.id)}>
                  {say("Show")}
                </Button>
                <Button small tone="quiet" onClick={() => markRead([comment.id])}>
                  {say("Mark as read")}
                </Button>
              </span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
