import type { QuestionAnswer } from "@nexus/protocol"
import { MessageCircleQuestion } from "lucide-react"
import { ago } from "../ui/ago.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { AnswerForm } from "./AnswerForm.tsx"

/** What a panel's handlers ask, above its content and never over it; the oldest here, all of them in the inbox. */
export default function QuestionStrip({ questions }: { readonly questions: readonly QuestionAnswer[] }) {
  const { user } = useDesk()
  const [first] = questions
  if (!first) return null
  const more = questions.length - 1
  const { person, since } = first
  const who = person && person.id !== user.id ? `${person.name}, ` : ""
  return (
    // Answering uses the panel; only the bar selects the sheet.
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops the canvas from taking the click
    <div
      className="nx-question nx-fade nodrag nopan"
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <p className="flex items-start gap-2 text-13">
        <MessageCircleQuestion size={15} aria-hidden="true" className="mt-[2.5px] flex-none text-info" />
        <span className="min-w-0 flex-1">
          <span className="line-clamp-3 font-medium [overflow-wrap:anywhere]">{first.question}</span>
          <span className="text-12 text-soft">
            {who}
            {ago(since, Date.now())}
            {more > 0 ? (
              <>
                {" · "}
                <button
                  type="button"
                  onClick={() => studio.set({ drawer: "inbox" })}
                  className="font-medium text-accent hover:underline"
                >
                  {say("{count, plural, one {# more} other {# more}} in the inbox", { count: more })}
                </button>
              </>
            ) : null}
          </span>
        </span>
      </p>
      <div className="mt-2 ps-[23px]">
        <AnswerForm key={first.id} question={first} />
      </div>
    </div>
  )
}
