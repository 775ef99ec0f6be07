import { create } from "zustand"

export interface Question {
  readonly title: string
  readonly text: string
  /** What the button does, as a verb. */
  readonly action: string
  readonly tone?: "primary" | "wrong"
}

interface ConfirmState {
  readonly question: Question | undefined
  readonly answer: (yes: boolean) => void
}

export const useConfirm = create<ConfirmState>(() => ({ question: undefined, answer: () => {} }))

/** Asks the person; resolves true when they press the action. */
export function confirm(question: Question): Promise<boolean> {
  useConfirm.getState().answer(false)
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      useConfirm.setState({ question: undefined, answer: () => {} })
      resolve(yes)
    }
    useConfirm.setState({ question, answer })
  })
}
