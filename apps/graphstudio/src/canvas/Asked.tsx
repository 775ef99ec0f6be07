import { lazy, Suspense } from "react"
import { useShallow } from "zustand/react/shallow"
import { useWaiting } from "../workspace/desk-context.ts"

const QuestionStrip = lazy(() => import("../inbox/QuestionStrip.tsx"))

/** What its handlers ask people. */
export function Asked({ id }: { readonly id: string }) {
  const questions = useWaiting(useShallow((state) => state.questions?.filter(({ panel }) => panel === id)))
  if (!questions?.length) return null
  return (
    <Suspense fallback={null}>
      <QuestionStrip questions={questions} />
    </Suspense>
  )
}
