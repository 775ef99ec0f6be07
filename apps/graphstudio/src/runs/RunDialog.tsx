import type { RunRecord, RunRecordStep } from "@nexus/protocol"
import { ChevronLeft, ChevronRight, Clock3 } from "lucide-react"
import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import { refusal, sentence } from "../connect/sentence.ts"
import { FailureLine } from "../log/FailureLine.tsx"
import { openMoment } from "../timeline/open-moment.ts"
import { instant } from "../ui/ago.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Dialog } from "../ui/Dialog.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { isTyping } from "../ui/shortcut.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk, usePanelPart } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { durationInWords, whoInWords } from "./run-words.ts"
import { StatusDot } from "./StatusDot.tsx"
import { Step } from "./Step.tsx"
import { useRecord } from "./use-records.ts"

/** A recorded run, gone through turn by turn: the states before and after, what it asked and what it was answered. */
export default function RunDialog({ run }: { readonly run: string }) {
  const { user } = useDesk()
  const { record, error } = useRecord(run)
  const title = usePanelPart(record?.panel ?? "", (panel) => panel?.properties.title) ?? say("a removed panel")
  return (
    <Dialog
      size="wide"
      title={record ? say("{handler} of {title}", { handler: record.handler, title }) : say("A run")}
      description={record ? aboutRun(record, user.id) : undefined}
      onClose={() => studio.set({ run: undefined })}
    >
      {error ? (
        <Notice tone="wrong" className="m-5">
          {error}
        </Notice>
      ) : null}
      {!record && !error ? <Skeleton lines={6} label={say("Loading the run")} /> : null}
      {record ? <Turns record={record} /> : null}
    </Dialog>
  )
}

function aboutRun(record: RunRecord, self: string): string {
  const { status, at, endedAt } = record
  const how = status === "finished" ? say("Finished") : status === "failed" ? say("Failed") : say("Still waits")
  const ended = endedAt === undefined ? how : say("{how} after {time}", { how, time: durationInWords(endedAt - at) })
  return `${ended} · ${whoInWords(record, self)} · ${instant(at)}`
}

function Turns({ record }: { readonly record: RunRecord }) {
  const desk = useDesk()
  const [chosen, setChosen] = useState(0)
  const list = useRef<HTMLOListElement>(null)
  const { steps, failure } = record
  const step = steps[Math.min(chosen, steps.length - 1)]
  // The arrow keys step from the start.
  useEffect(() => list.current?.querySelector<HTMLElement>("button")?.focus(), [])

  const go = (index: number) => {
    if (index < 0 || index >= steps.length) return
    setChosen(index)
    list.current?.querySelectorAll<HTMLElement>("button")[index]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyping(event.target)) return
    const by = STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    go(chosen + by)
  }
  const openIt = async ({ at, seq }: RunRecordStep) => {
    try {
      await openMoment(desk, at, seq)
    } catch (cause) {
      toast({ tone: "wrong", title: say("That moment cannot be shown"), detail: sentence(cause) })
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys step wherever the focus is inside
    <div
      onKeyDown={onKeyDown}
      className="grid h-full grid-cols-[260px_minmax(0,1fr)] max-md:grid-cols-1 max-md:grid-rows-[auto_minmax(0,1fr)]"
    >
      <div className="flex min-h-0 flex-col overflow-auto rounded-es-sheet border-line border-e bg-sunken max-md:max-h-44 max-md:border-e-0 max-md:border-b">
        <ol ref={list} aria-label={say("Turns")} className="p-2">
          {steps.map((each, index) => (
            <li key={each.turn}>
              <TurnButton step={each} chosen={each === step} onChoose={() => setChosen(index)} />
            </li>
          ))}
        </ol>
        {record.cut ? (
          <Notice tone="careful" className="m-2 mt-0">
            {record.cutReason ? say("Not kept whole: {reason}", { reason: record.cutReason }) : say("Not kept whole.")}
          </Notice>
        ) : null}
        {record.redacted ? (
          <Notice tone="info" className="m-2 mt-0">
            {say("Secrets are not kept: a stand-in is shown in their place.")}
          </Notice>
        ) : null}
      </div>
      <div className="flex min-h-0 flex-col">
        {failure && !step?.outcome.failure ? (
          <Notice tone="wrong" className="m-4 mb-0">
            {refusal(failure)} <FailureLine panel={record.panel} failure={failure} />
          </Notice>
        ) : null}
        {step ? (
          <>
            <div className="flex items-center gap-1 px-5 pt-4 pb-2">
              <IconButton
                small
                label={say("Earlier turn")}
                shortcut="ArrowLeft"
                icon={<ChevronLeft size={15} />}
                disabled={step === steps[0]}
                onClick={() => go(chosen - 1)}
              />
              <IconButton
                small
                label={say("Later turn")}
                shortcut="ArrowRight"
                icon={<ChevronRight size={15} />}
                disabled={step === steps.at(-1)}
                onClick={() => go(chosen + 1)}
              />
              <h3 className="tabular min-w-0 flex-1 truncate font-bold text-14" aria-live="polite">
                {say("Turn {turn} of {turns}", { turn: step.turn + 1, turns: record.turns })}
                <span className="ms-2 font-normal text-12 text-soft phone:ms-0 phone:block">{instant(step.at)}</span>
              </h3>
              <Button small icon={<Clock3 size={13} />} onClick={() => openIt(step)}>
                {say("Open this moment")}
              </Button>
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
            <section aria-label={say("The turn")} tabIndex={0} className="min-h-0 flex-1 overflow-auto px-5 pb-5">
              <Step key={step.turn} step={step} next={steps[steps.indexOf(step) + 1]} record={record} />
            </section>
          </>
        ) : (
          <p className="p-8 text-center text-13 text-soft">{say("No turn of this run was kept.")}</p>
        )}
      </div>
    </div>
  )
}

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

interface TurnButtonProps {
  readonly step: RunRecordStep
  readonly chosen: boolean
  readonly onChoose: () => void
}

function TurnButton({ step, chosen, onChoose }: TurnButtonProps) {
  const { status, calls, failure } = step.outcome
  const asked = [...new Set(calls?.map(({ capability, method }) => `${capability}.${method}`))]
  const words = failure
    ? say("failed")
    : status === "waiting"
      ? say("waits for {call}", { call: asked.join(", ") })
      : say("finished")
  return (
    <button
      type="button"
      aria-current={chosen ? "step" : undefined}
      onClick={onChoose}
      className={classNames(
        "flex w-full items-start gap-2 rounded-control px-2 py-1.5 text-start",
        chosen ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      <StatusDot status={status} />
      <span className="min-w-0 flex-1">
        <span className="block font-medium text-13">{say("Turn {turn}", { turn: step.turn + 1 })}</span>
        <span className="block text-12 text-soft [overflow-wrap:anywhere]">{words}</span>
      </span>
    </button>
  )
}
