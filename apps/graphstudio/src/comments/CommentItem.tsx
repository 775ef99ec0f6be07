import type { CommentEntity } from "@nexus/protocol"
import { Ellipsis, Pencil, Trash2 } from "lucide-react"
import { useState } from "react"
import { Avatar } from "../ui/Avatar.tsx"
import { ago, instant } from "../ui/ago.ts"
import { Menu } from "../ui/Menu.tsx"
import type { MenuItem } from "../ui/menu-props.ts"
import { say } from "../words/say.ts"
import { useDesk, useRole } from "../workspace/desk-context.ts"
import { CommentText } from "./CommentText.tsx"
import { Composer } from "./Composer.tsx"
import { useCommentActs } from "./use-comment-acts.ts"

interface CommentItemProps {
  readonly comment: CommentEntity
  /** Somebody else has answered it, so that only an owner takes it away. */
  readonly answered: boolean
}

/** One thing that somebody said, and what its author can do with it. */
export function CommentItem({ comment, answered }: CommentItemProps) {
  const { user } = useDesk()
  const owner = useRole() === "owner"
  const acts = useCommentActs()
  const [editing, setEditing] = useState(false)
  const { text, author, at, mentions, edited, putBackBy } = comment.properties
  const own = author.id === user.id
  const items: MenuItem[] = []
  if (own) items.push({ label: say("Edit"), icon: <Pencil size={15} />, run: () => setEditing(true) })
  if (owner || (own && !answered)) {
    items.push({ label: say("Delete"), icon: <Trash2 size={15} />, tone: "wrong", run: () => acts.remove(comment) })
  }
  return (
    <li className="group flex gap-2.5">
      <Avatar id={author.id} name={author.name} />
      <div className="min-w-0 flex-1">
        <p className="flex min-h-6 items-center gap-1.5 text-12 text-soft">
          <span className="truncate font-medium text-13 text-ink">{author.name}</span>
          <time dateTime={new Date(at).toISOString()} title={instant(at)} className="flex-none">
            {ago(at, Date.now())}
          </time>
          {edited ? <span title={instant(edited)}>{say("· edited")}</span> : null}
          {putBackBy ? <span className="truncate">{say("· put back by {name}", { name: putBackBy.name })}</span> : null}
          <span className="flex-1" />
          {items.length > 0 && !editing ? (
            <Menu
              align="end"
              items={items}
              trigger={
                <button
                  type="button"
                  aria-label={say("More for this comment")}
                  className="inline-flex size-6 flex-none items-center justify-center rounded-[6px] text-soft opacity-0 hover:bg-hover hover:text-ink focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 aria-expanded:opacity-100"
                >
                  <Ellipsis size={15} />
                </button>
              }
            />
          ) : null}
        </p>
        {editing ? (
          <Composer
            label={say("Your comment")}
            action={say("Save")}
            initial={text}
            about={comment.id}
            focused
            onCancel={() => setEditing(false)}
            onSend={async (words) => {
              const done = await acts.edit(comment.id, words)
              if (done) setEditing(false)
              return done
            }}
          />
        ) : (
          <CommentText text={text} mentions={mentions} />
        )}
      </div>
    </li>
  )
}
