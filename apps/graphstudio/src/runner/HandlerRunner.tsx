import type { Handler, JsonObject, Panel } from "@nexus/protocol"
import { Play } from "lucide-react"
import { useId, useMemo, useState } from "react"
import { missingGrants } from "../canvas/missing-grants.ts"
import { printValue } from "../inspector/parse-value.ts"
import { TYPE_WORDS } from "../inspector/type-words.ts"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { usePanelLevel, usePanelPart } from "../workspace/desk-context.ts"
import { GrantForRun } from "./GrantForRun.tsx"
import { argumentsOf, type HandlerArgument, readArguments } from "./handler-arguments.ts"
import { RunResult } from "./RunResult.tsx"
import { recentArguments } from "./recent-arguments.ts"
import { useRunner } from "./use-runner.ts"

interface HandlerRunnerProps {
  readonly id: string
  readonly panel: Panel
  readonly handler: Handler
}

type Typed = { readonly [name: string]: string }

/** A form of what the handler takes, the run it makes, and what came of it. */
export function HandlerRunner({ id, panel, handler }: HandlerRunnerProps) {
  const level = usePanelLevel(id)
  const wanted = useMemo(() => argumentsOf(panel, handler), [panel, handler])
  const grants = usePanelPart(id, (entity) => entity?.properties.grants)
  const [typed, setTyped] = useState<Typed>(() => firstOf(wanted))
  const [wrong, setWrong] = useState<Typed>({})
  const { state, run, grantAndRun } = useRunner(id, handler.name)
  const running = state.is === "running"
  const recent = recentArguments(id, handler.name)
  const denied = (state.is === "ended" || state.is === "refused") && state.denied
  const missing = denied ? missingGrants(panel, grants ?? []) : []

  const withArguments = (work: (args: JsonObject) => Promise<void>) => {
    const read = readArguments(wanted, typed, say("It is needed."))
    setWrong("wrong" in read ? read.wrong : {})
    if ("args" in read) void work(read.args)
  }
  if (level === "look") {
    return <p className="px-4 pb-3 text-12 text-soft">{say("You can look at this panel, not run it.")}</p>
  }
  return (
    <form
      aria-label={say("Run {name}", { name: handler.name })}
      className="flex flex-col gap-2 px-4 pb-4"
      onSubmit={(event) => {
        event.preventDefault()
        withArguments(run)
      }}
    >
      {wanted.map((argument) => (
        <ArgumentField
          key={argument.name}
          argument={argument}
          value={typed[argument.name] ?? ""}
          wrong={wrong[argument.name]}
          onType={(text) => setTyped({ ...typed, [argument.name]: text })}
        />
      ))}
      {recent.length > 0 ? (
        <div className="flex flex-wrap items-center gap-1">
          <span className="text-12 text-faint">{say("Again with")}</span>
          {recent.map((args) => {
            const text = JSON.stringify(args)
            return (
              <button
                key={text}
                type="button"
                title={text}
                onClick={() => setTyped(printed(wanted, args))}
                className="max-w-full truncate rounded-[6px] bg-sunken px-1.5 py-0.5 font-mono text-12 hover:bg-hover"
              >
                {text}
              </button>
            )
          })}
        </div>
      ) : null}
      <Button type="submit" small tone="primary" icon={<Play size={12} />} disabled={running} className="self-start">
        {running ? say("Running…") : state.is === "ready" ? say("Run") : say("Run again")}
      </Button>
      {missing.length > 0 ? (
        <GrantForRun
          missing={missing}
          editable={level === "change"}
          onRun={(once) =>
            withArguments((args) =>
              grantAndRun(
                missing.map(({ grant }) => grant),
                args,
                once,
              ),
            )
          }
        />
      ) : null}
      <RunResult panel={id} state={state} />
    </form>
  )
}

function firstOf(wanted: readonly HandlerArgument[]): Typed {
  const initial = Object.fromEntries(
    wanted.flatMap(({ name, initial }) => (initial === undefined ? [] : [[name, initial]])),
  )
  return printed(wanted, initial)
}

function printed(wanted: readonly HandlerArgument[], args: JsonObject): Typed {
  return Object.fromEntries(
    wanted.flatMap(({ name, type }) => {
      const value = args[name]
      if (value === undefined) return []
      return [
        [
          name,
          printValue(type === "any" && typeof value === "string" ? "string" : type === "any" ? "object" : type, value),
        ],
      ]
    }),
  )
}

interface ArgumentFieldProps {
  readonly argument: HandlerArgument
  readonly value: string
  readonly wrong: string | undefined
  readonly onType: (text: string) => void
}

const FIELD = "w-full rounded-control border border-line-strong bg-surface px-2 text-13 aria-[invalid]:border-wrong"

function ArgumentField({ argument: { name, type, required, description }, value, wrong, onType }: ArgumentFieldProps) {
  const id = useId()
  const common = {
    id,
    "aria-required": required || undefined,
    "aria-invalid": wrong !== undefined || undefined,
    "aria-describedby": `${id}-said`,
    value,
  }
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline gap-2">
        <label htmlFor={id} className="font-mono text-12">
          {name}
        </label>
        <span className="text-12 text-faint">
          {type === "any" ? say("words or JSON") : TYPE_WORDS[type]}
          {required ? " *" : ""}
        </span>
      </div>
      {type === "boolean" ? (
        <select {...common} onChange={({ currentTarget }) => onType(currentTarget.value)} className={`${FIELD} h-8`}>
          <option value="">–</option>
          <option value="true">{say("Yes")}</option>
          <option value="false">{say("No")}</option>
        </select>
      ) : (
        <textarea
          {...common}
          rows={1}
          spellCheck={type === "string"}
          onChange={({ currentTarget }) => onType(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
          className={`${FIELD} field-sizing-content block max-h-40 min-h-8 resize-none py-1`}
        />
      )}
      <p id={`${id}-said`} className={wrong ? "text-12 text-wrong" : "text-12 text-soft"}>
        {wrong ?? description}
      </p>
    </div>
  )
}
