import { useUnreadMentions } from "../comments/use-threads.ts"
import { mayAnswer } from "../inbox/who-may.ts"
import { say } from "../words/say.ts"
import { useRole, useWaiting } from "./desk-context.ts"

const MOST = 99

/** How many questions wait for this person, and how often they were called and have not looked; at the corner of the inbox. */
export function Called() {
  const have = useRole()
  const questions = useWaiting((state) => state.questions?.filter(({ role }) => mayAnswer(have, role)).length ?? 0)
  const mentions = useUnreadMentions().length
  const count = questions + mentions
  if (count === 0) return null
  return (
    <span
      role="img"
      aria-label={say(
        "{questions, plural, =0 {} one {# open question} other {# open questions}}{mentions, plural, =0 {} one { # mention} other { # mentions}}",
        { questions, mentions },
      ).trim()}
      className="tabular pointer-events-none absolute -top-1 -end-1 grid h-4 min-w-4 place-items-center rounded-full border border-raised bg-accent px-1 font-bold text-[10px] text-on-accent leading-none"
    >
      {count > MOST ? `${MOST}+` : count}
    </span>
  )
}
