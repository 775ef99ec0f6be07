import type { QuestionAnswer } from "@nexus/protocol"
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { useKeptWords } from "../ui/kept-words.ts"
import { say } from "../words/say.ts"
import { useRole } from "../workspace/desk-context.ts"
import { useAnswer } from "./use-answer.ts"
import { mayAnswer, whoMay } from "./who-may.ts"

/** Beyond this many options they are a list to choose from, not a row of buttons. */
const BUTTONS = 5

/** What a person can say to a question: one of its options, or words. Who may not is told who may. */
export function AnswerForm({ question }: { readonly question: QuestionAnswer }): ReactNode {
  const role = useRole()
  const { options } = question
  if (!mayAnswer(role, question.role)) return <p className="text-12 text-soft">{whoMay(question.role)}</p>
  if (!options) return <Words question={question} />
  return options.length > BUTTONS ? (
    <Choice question={question} options={options} />
  ) : (
    <Buttons question={question} options={options} />
  )
}

interface OptionsProps {
  readonly question: QuestionAnswer
  readonly options: readonly string[]
}

function Buttons({ question, options }: OptionsProps) {
  const { answer, sending } = useAnswer(question)
  return (
    <fieldset aria-label={question.question} aria-busy={sending !== undefined} className="flex flex-wrap gap-1.5">
      {options.map((option, index) => (
        <Button
          key={option}
          small
          tone={index === 0 ? "primary" : "plain"}
          aria-busy={sending === option || undefined}
          onClick={() => answer(option)}
          className="h-auto min-h-7 max-w-full whitespace-normal py-1 text-start [overflow-wrap:anywhere]"
        >
          {option}
        </Button>
      ))}
    </fieldset>
  )
}

function Choice({ question, options }: OptionsProps) {
  const { answer, sending } = useAnswer(question)
  const [chosen, setChosen] = useState(options[0] ?? "")
  const send = (event: FormEvent) => {
    event.preventDefault()
    answer(chosen)
  }
  return (
    <form onSubmit={send} className="flex gap-1.5">
      <select
        aria-label={question.question}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        className="h-7 min-w-0 flex-1 rounded-control border border-line-strong bg-surface px-1.5 text-12"
      >
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      <Button small tone="primary" type="submit" aria-disabled={sending !== undefined}>
        {say("Answer")}
      </Button>
    </form>
  )
}

const MOST_CHARACTERS = 10_000

function Words({ question }: { readonly question: QuestionAnswer }) {
  const { answer, sending } = useAnswer(question)
  const [text, setText] = useKeptWords(`answer.${question.id}`)
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== "" && (await answer(text))) setText("")
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    form.current?.requestSubmit()
  }
  return (
    <form ref={form} onSubmit={send} className="flex items-end gap-1.5">
      <label htmlFor={id} className="sr-only">
        {say("Answer to: {question}", { question: question.question })}
      </label>
      <textarea
        id={id}
        rows={1}
        value={text}
        maxLength={MOST_CHARACTERS}
        placeholder={say("Your answer")}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-32 min-h-7 min-w-0 flex-1 resize-none rounded-control border border-line-strong bg-surface px-2 py-[5px] text-13 leading-4 placeholder:text-faint"
      />
      <Button small tone="primary" type="submit" disabled={text.trim() === ""} aria-disabled={sending !== undefined}>
        {say("Answer")}
      </Button>
    </form>
  )
}
