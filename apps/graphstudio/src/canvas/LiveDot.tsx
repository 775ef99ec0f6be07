import { refusal } from "../connect/sentence.ts"
import { classNames } from "../ui/class-names.ts"
import { Tip } from "../ui/Tip.tsx"
import { say } from "../words/say.ts"
import { usePanelActivity, useWaiting } from "../workspace/desk-context.ts"

/** Whether the panel rests, runs, waits or has failed; the tooltip says it in words. */
export function LiveDot({ id }: { readonly id: string }) {
  const running = usePanelActivity(id, (activity) => activity.running)
  const failure = usePanelActivity(id, (activity) => activity.failure)
  const waiting = useWaiting(({ runs }) => runs?.some(({ panel }) => panel === id) ?? false)
  const [text, colour] = failure
    ? [refusal(failure), "bg-wrong"]
    : running > 0
      ? [say("Running"), "bg-accent nx-pulse"]
      : waiting
        ? [say("Waiting"), "bg-careful"]
        : [say("Alive"), "bg-good"]
  return (
    <Tip label={text}>
      <span
        role="img"
        aria-label={failure ? say("Failed: {text}", { text }) : text}
        className={classNames("nx-dot", colour)}
      />
    </Tip>
  )
}
