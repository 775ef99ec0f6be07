import { memo } from "react"
import { Asked } from "../canvas/Asked.tsx"
import { InTheirColour } from "../canvas/InTheirColour.tsx"
import { SheetBody } from "../canvas/sheet-body.tsx"
import type { Past } from "../timeline/use-past.ts"
import { say } from "../words/say.ts"

interface SlideProps {
  readonly id: string
  readonly title: string
  /** It is on screen or beside it; the others are an empty width. */
  readonly near: boolean
  readonly current: boolean
  readonly then: Past | undefined
}

/** A panel as wide as the window. */
export const Slide = memo(function Slide({ id, title, near, current, then }: SlideProps) {
  return (
    <section
      aria-label={title}
      inert={!current}
      className="nx-full nx-slide flex w-full flex-none snap-start snap-always flex-col"
    >
      {!near ? null : then ? (
        <AsItWas id={id} title={title} then={then} />
      ) : (
        <>
          <Asked id={id} />
          <InTheirColour id={id}>
            <SheetBody id={id} />
          </InTheirColour>
        </>
      )}
    </section>
  )
})

interface AsItWasProps {
  readonly id: string
  readonly title: string
  readonly then: Past
}

function AsItWas({ id, title, then: { graph, Body } }: AsItWasProps) {
  const panel = graph.panel(id)
  if (panel) {
    return (
      <div className="nx-sheet-body">
        <Body panel={panel} within={graph} />
      </div>
    )
  }
  return (
    <div className="nx-ghost m-4 grid min-h-0 flex-1 place-items-center text-center text-13">
      <span>
        {title}
        <span className="block text-12">{say("was not here yet")}</span>
      </span>
    </div>
  )
}
