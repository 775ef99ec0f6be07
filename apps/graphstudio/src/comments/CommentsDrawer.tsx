import { useReactFlow } from "@xyflow/react"
import { MessageSquare, MessageSquarePlus } from "lucide-react"
import { useState } from "react"
import { usePhone } from "../phone/use-phone.ts"
import { Avatar } from "../ui/Avatar.tsx"
import { ago } from "../ui/ago.ts"
import { IconButton } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { say } from "../words/say.ts"
import { useDesk, usePanelPart } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { CommentText } from "./CommentText.tsx"
import { commentDesk, useCommentDesk } from "./comment-desk.ts"
import { markRead, useReadMarks } from "./read-marks.ts"
import { showThread } from "./show-thread.ts"
import { filterThreads, lastWord, type Thread, type ThreadFilter, unreadIn } from "./threads.ts"
import { useThreads } from "./use-threads.ts"

const FILTERS: readonly { readonly filter: ThreadFilter; readonly label: string; readonly none: string }[] = [
  { filter: "open", label: say("Open"), none: say("Nothing is being talked about.") },
  { filter: "unread", label: say("Unread"), none: say("You have read everything.") },
  { filter: "mentions", label: say("Mentions me"), none: say("Nobody has called you here.") },
  { filter: "mine", label: say("Mine"), none: say("You have not said anything yet.") },
  { filter: "resolved", label: say("Resolved"), none: say("Nothing is resolved yet.") },
]

/** Every conversation of this workspace, the newest word first. */
export default function CommentsDrawer() {
  const { user } = useDesk()
  const threads = useThreads()
  const phone = usePhone()
  const read = useReadMarks((state) => state.read)
  const [filter, setFilter] = useState<ThreadFilter>("open")
  const shown = filterThreads(threads, filter, user.id, read)
  const unread = filterThreads(threads, "unread", user.id, read)
  return (
    <Drawer
      title={say("Comments")}
      name="comments"
      side="left"
      initialWidth={360}
      onClose={() => studio.set({ drawer: undefined })}
      actions={
        <IconButton
          label={say("New comment")}
          shortcut="C"
          icon={<MessageSquarePlus size={16} />}
          onClick={commentDesk.place}
        />
      }
    >
      <fieldset aria-label={say("Show")} className="flex flex-wrap gap-1 border-line border-b px-3 py-2">
        {FILTERS.map((one) => (
          <button
            key={one.filter}
            type="button"
            aria-pressed={filter === one.filter}
            onClick={() => setFilter(one.filter)}
            className={classNames(
              "h-7 rounded-full px-2.5 text-12",
              filter === one.filter ? "bg-accent-soft font-medium text-accent" : "text-soft hover:bg-hover",
            )}
          >
            {one.label}
            {one.filter === "unread" && unread.length > 0 ? ` ${unread.length}` : ""}
          </button>
        ))}
        {unread.length > 0 ? (
          <button
            type="button"
            onClick={() => markRead(unread.flatMap((thread) => unreadIn(thread, user.id, read).map(({ id }) => id)))}
            className="h-7 rounded-full px-2.5 text-12 text-accent hover:bg-hover"
          >
            {say("Mark all as read")}
          </button>
        ) : null}
      </fieldset>
      {shown.length === 0 ? (
        <Empty icon={<MessageSquare size={24} />} title={FILTERS.find((one) => one.filter === filter)?.none ?? ""}>
          {phone
            ? say("Open a panel and press the bubble above it. Write @ and a name to call somebody.")
            : say("Press C and click a panel, or the canvas. Write @ and a name to call somebody.")}
        </Empty>
      ) : (
        <ul aria-label={say("Threads")}>
          {shown.map((thread) => (
            <ThreadRow key={thread.id} thread={thread} />
          ))}
        </ul>
      )}
    </Drawer>
  )
}

function ThreadRow({ thread }: { readonly thread: Thread }) {
  const { user, mirror } = useDesk()
  const flow = useReactFlow()
  const open = useCommentDesk((state) => state.open === thread.id)
  const unread = useReadMarks(({ read }) => unreadIn(thread, user.id, read).length)
  const title = usePanelPart(thread.first.scope, (panel) => panel?.properties.title) ?? say("The canvas")
  const { text, mentions, author, place, resolved } = thread.first.properties
  const last = lastWord(thread).properties
  const show = () => {
    if (thread.panel === undefined && place)
      flow.setCenter(place.x, place.y, { zoom: Math.max(0.6, flow.getZoom()), duration: 200 })
    showThread(mirror.graph, thread.id)
  }
  return (
    <li className="border-line border-b last:border-b-0">
      <button
        type="button"
        aria-current={open || undefined}
        onClick={show}
        className="flex w-full gap-2.5 px-4 py-3 text-start hover:bg-hover aria-[current]:bg-accent-soft"
      >
        <Avatar id={author.id} name={author.name} />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5 text-12 text-soft">
            <span className="truncate font-medium text-13 text-ink">{author.name}</span>
            <span className="flex-none">{ago(last.at, Date.now())}</span>
            <span className="flex-1" />
            {unread > 0 ? (
              <span
                role="img"
                aria-label={say("{unread} unread", { unread })}
                className="size-2 flex-none rounded-full bg-accent"
              />
            ) : null}
          </span>
          <span className="line-clamp-3 block">
            <CommentText text={text} mentions={mentions} />
          </span>
          <span className="mt-0.5 block truncate text-12 text-soft">
            {title}
            {thread.answers.length > 0
              ? say(" · {count, plural, one {# answer} other {# answers}}", { count: thread.answers.length })
              : ""}
            {resolved ? say(" · resolved by {name}", { name: resolved.by.name }) : ""}
          </span>
        </span>
      </button>
    </li>
  )
}
