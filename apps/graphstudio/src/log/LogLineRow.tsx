import type { ReactNode } from "react"
import { classNames } from "../ui/class-names.ts"
import { LANGUAGE } from "../words/language.ts"
import { say, sayAgain } from "../words/say.ts"
import type { LogLine } from "../workspace/activity.ts"
import { useMayEdit } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { LineLink } from "./LineLink.tsx"
import { LEVELS } from "./levels.ts"

interface LogLineRowProps {
  readonly line: LogLine
  readonly panel: string
  /** What stands before the handler's name: the panel, where lines of several are shown. */
  readonly children?: ReactNode
}

/** One line of a log: when, which handler, what, and the way to where it was said. */
export function LogLineRow({ line, panel, children }: LogLineRowProps) {
  const { at, handler, level, message, run, times } = line
  // A failure says where it was called from on lines of their own.
  const [first = "", ...stack] = level === "error" ? message.split("\n") : [message]
  const said = level === "error" ? sayAgain(first) : first
  return (
    <li className="flex flex-wrap items-start gap-x-2 px-4 py-1 hover:bg-hover">
      <time className="tabular flex-none text-faint">{clockText(at)}</time>
      {children}
      <HandlerName handler={handler} run={run} />
      <span className={classNames("min-w-0 grow basis-48 whitespace-pre-wrap [overflow-wrap:anywhere]", LEVELS[level])}>
        {level === "warn" ? <span className="sr-only">{say("Warning")}: </span> : null}
        {level === "error" ? <span className="sr-only">{say("Error")}: </span> : null}
        {said}
        {stack.length > 0 ? <span className="block text-faint">{stack.join("\n")}</span> : null}
        {times ? <span className="tabular ms-2 text-faint">× {times}</span> : null}
      </span>
      {line.line === undefined ? null : <LineLink panel={panel} line={line.line} column={line.column} />}
    </li>
  )
}

/** The handler that said it; its run, turn by turn, is one press away for whoever may read it. */
function HandlerName({ handler, run }: Pick<LogLine, "handler" | "run">) {
  const editable = useMayEdit()
  if (!editable || run === undefined) return <span className="flex-none text-soft">{handler}</span>
  return (
    <button
      type="button"
      title={say("Look at this run, turn by turn")}
      onClick={() => studio.set({ run })}
      className="flex-none text-soft hover:text-accent hover:underline"
    >
      {handler}
    </button>
  )
}

function clockText(at: number): string {
  return new Date(at).toLocaleTimeString(LANGUAGE, { hourCycle: "h23" })
}
