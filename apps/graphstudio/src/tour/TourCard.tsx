import { Check, X } from "lucide-react"
import { useEffect, useRef } from "react"
import { Button, IconButton } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Keys } from "../ui/Keys.tsx"
import { say } from "../words/say.ts"
import { nextStep, type StepName, tour, useTour } from "./progress.ts"
import { STEP_WORDS } from "./steps.ts"

/** One step: what to do, why, and how far one is. It ticks itself once the thing has happened. */
export function TourCard({ steps }: { readonly steps: readonly StepName[] }) {
  const progress = useTour()
  const { done, asked } = progress
  const step = nextStep(progress, steps)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // After the dialog it was chosen in has given the focus back.
    if (asked) requestAnimationFrame(() => heading.current?.focus({ preventScroll: true }))
  }, [asked])
  usePointer(step)

  const words = step && STEP_WORDS[step]
  const of = steps.length
  const last = done.at(-1)
  return (
    <section
      aria-label={say("Tour")}
      className="nx-rise pointer-events-auto w-full rounded-sheet border border-line bg-raised shadow-float"
    >
      <div className="flex items-center gap-3 ps-4 pe-1.5 pt-1.5">
        <Marks steps={steps} at={step} />
        <span className="tabular flex-1 text-12 text-faint">
          {step ? say("Step {at} of {of}", { at: steps.indexOf(step) + 1, of }) : null}
        </span>
        <IconButton small side="top" label={say("End the tour")} icon={<X size={14} />} onClick={() => tour.end()} />
      </div>
      <div key={step} className="nx-fade px-4 pt-1 pb-3">
        <h2 ref={heading} tabIndex={-1} className="font-bold text-14 outline-none">
          {words?.title ?? say("That was the tour")}
        </h2>
        <p className="mt-1 text-13 text-soft">
          {words?.text ??
            say(
              "You did {done} of {of} things yourself. All keys stand behind “?”, and the tour is in the palette whenever you want it again.",
              { done: done.filter((one) => steps.includes(one)).length, of },
            )}
        </p>
        <div className="mt-3 flex items-center gap-2">
          {words?.shortcut ? <Keys shortcut={words.shortcut} /> : null}
          <span className="flex-1" />
          {step ? (
            <Button small tone="quiet" onClick={() => tour.skip(step)}>
              {say("Skip this")}
            </Button>
          ) : (
            <Button small tone="primary" onClick={() => tour.end()}>
              {say("Done")}
            </Button>
          )}
        </div>
      </div>
      <p aria-live="polite" className="sr-only">
        {last ? `${say("Done: {title}", { title: STEP_WORDS[last].title })}. ` : ""}
        {words ? `${words.title}. ${words.text}` : say("That was the tour")}
      </p>
    </section>
  )
}

/** One mark a step: ticked, left out, at it, or still to come. */
function Marks({ steps, at }: { readonly steps: readonly StepName[]; readonly at: StepName | undefined }) {
  const { done, skipped } = useTour()
  return (
    <ol className="flex items-center gap-1">
      {steps.map((step) => {
        const { title } = STEP_WORDS[step]
        const ticked = done.includes(step)
        return (
          <li
            key={step}
            aria-current={step === at ? "step" : undefined}
            className={classNames(
              "grid size-4 place-items-center rounded-full border",
              ticked
                ? "border-accent bg-accent text-on-accent"
                : step === at
                  ? "border-accent bg-accent-soft"
                  : skipped.includes(step)
                    ? "border-line bg-sunken"
                    : "border-line-strong",
            )}
          >
            {ticked ? <Check size={10} strokeWidth={3} /> : null}
            <span className="sr-only">
              {ticked
                ? say("Done: {title}", { title })
                : skipped.includes(step)
                  ? say("Skipped: {title}", { title })
                  : say("Still to do: {title}", { title })}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/**
 * Points at what the step is done with. The outline is a rule of the style sheet for what is marked as its place, so it
 * follows what moves, opens and comes anew without being measured, and covers nothing.
 */
function usePointer(step: StepName | undefined): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    if (step) dataset.tourStep = step
    return () => {
      delete dataset.tourStep
    }
  }, [step])
}
