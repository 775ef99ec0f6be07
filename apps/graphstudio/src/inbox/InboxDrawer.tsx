import type { QuestionAnswer } from "@nexus/protocol"
import { Inbox } from "lucide-react"
import { useEffect, useLayoutEffect, useRef } from "react"
import { useUnreadMentions } from "../comments/use-threads.ts"
import { ago, instant } from "../ui/ago.ts"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { inCode } from "../words/in-code.tsx"
import { say, sayRich } from "../words/say.ts"
import { useDesk, usePanelPart, useWaiting } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { AnswerForm } from "./AnswerForm.tsx"
import { MentionList } from "./MentionList.tsx"

/** Every question that handlers ask and nobody has answered, the oldest first. */
export default function InboxDrawer() {
  const { waiting } = useDesk()
  const questions = useWaiting((state) => state.questions)
  const error = useWaiting((state) => state.error)
  const mentions = useUnreadMentions().length
  useEffect(() => {
    waiting.refresh()
  }, [waiting])
  return (
    <Drawer
      title={say("Inbox")}
      name="inbox"
      side="left"
      initialWidth={360}
      onClose={() => studio.set({ drawer: undefined })}
    >
      {error ? (
        <Notice tone="wrong" className="m-3">
          {error}
        </Notice>
      ) : null}
      <MentionList />
      {!questions && !error ? <Skeleton lines={3} label={say("Loading questions")} /> : null}
      {questions?.length === 0 && mentions === 0 ? (
        <Empty icon={<Inbox size={24} />} title={say("Nobody is asked anything")}>
          {sayRich(
            "A handler that says <code>{example}</code> waits here until somebody answers, for minutes or for weeks.",
            {
              example: 'await nexus.ask("Ship it?")',
              code: inCode,
            },
          )}
        </Empty>
      ) : null}
      <ul aria-label={say("Open questions")}>
        {questions?.map((question) => (
          <Question key={question.id} question={question} />
        ))}
      </ul>
    </Drawer>
  )
}

function Question({ question }: { readonly question: QuestionAnswer }) {
  const { panel, handler, person, since } = question
  const { user } = useDesk()
  const title = usePanelPart(panel, (entity) => entity?.properties.title)
  const item = useRef<HTMLLIElement>(null)
  // Whoever answered by keys goes on with the next question, and is not thrown back to the page.
  useLayoutEffect(() => {
    const own = item.current
    return () => {
      if (!own?.contains(document.activeElement)) return
      const next = own.nextElementSibling ?? own.previousElementSibling ?? own.closest("aside")
      if (next instanceof HTMLElement) (next.querySelector<HTMLElement>("button, textarea, select") ?? next).focus()
    }
  }, [])
  const who = !person ? say("By itself") : person.id === user.id ? say("You") : person.name
  return (
    <li ref={item} className="flex flex-col gap-2 border-line border-b px-4 py-3 last:border-b-0">
      <div>
        <button
          type="button"
          onClick={() => studio.select([panel])}
          className="-ms-1 max-w-full truncate rounded-[5px] px-1 font-medium text-12 text-accent hover:bg-accent-soft"
        >
          {title ?? say("A removed panel")}
        </button>
        <p className="whitespace-pre-wrap font-medium text-14 [overflow-wrap:anywhere]">{question.question}</p>
        <p className="text-12 text-soft" title={instant(since)}>
          {who} · <span className="font-mono">{handler}</span> · {ago(since, Date.now())}
        </p>
      </div>
      <AnswerForm question={question} />
    </li>
  )
}
