import { useShallow } from "zustand/react/shallow"
import { onDemand } from "../ui/on-demand.tsx"
import { useWaiting } from "../workspace/desk-context.ts"

const QuestionStrip = onDemand(() => import("../inbox/QuestionStrip.tsx"))

/** What its handlers ask people. */
export function Asked({ id }: { readonly id: string }) {
  const questions = useWaiting(useShallow((state) => state.questions?.filter(({ panel }) => panel === id)))
  if (!questions?.length) return null
  return <QuestionStrip questions={questions} />
}
