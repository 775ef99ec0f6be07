import { ChevronDown, ChevronLeft, ChevronRight, Code, MessageSquare, PencilRuler } from "lucide-react"
import { useEffect, useState } from "react"
import { LiveDot } from "../canvas/LiveDot.tsx"
import { Narrowed } from "../canvas/Narrowed.tsx"
import { ownPresence } from "../canvas/own-presence.ts"
import { panelsInOrder } from "../canvas/present/stops.ts"
import { SheetMenu } from "../canvas/SheetMenu.tsx"
import { commentDesk } from "../comments/comment-desk.ts"
import { useComments } from "../comments/use-threads.ts"
import { usePast } from "../timeline/use-past.ts"
import { IconButton } from "../ui/Button.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { say } from "../words/say.ts"
import { useDesk, usePanelLevel, usePanels } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { rememberPanel } from "./phone-place.ts"
import { Slide } from "./Slide.tsx"
import { useTrack } from "./use-track.ts"

const PanelList = onDemand(() => import("./PanelList.tsx"))

/**
 * A workspace on a phone: one panel as wide as the window, its neighbours a swipe or a press away, in the order in which
 * the canvas is read. The strip is scrolled by the browser itself, so it follows the finger, and a table in a panel goes
 * across before the strip does. A gesture of our own was refused: it knows nothing of what scrolls inside a panel.
 */
export default function PhoneDesk() {
  const { mirror, workspace } = useDesk()
  const panels = usePanels()
  const filling = useStudio((state) => state.filling)
  const reveal = useStudio((state) => state.reveal)
  const then = usePast()
  const [listed, setListed] = useState(false)
  const order = panels.length > 0 ? panelsInOrder(mirror.graph) : []
  // A panel that is gone meanwhile, or none at all, is the first one.
  const index = Math.max(
    0,
    order.findIndex(({ id }) => id === filling),
  )
  const shown = order[index]?.id
  const show = (at: number) => studio.show(order[at]?.id)
  const track = useTrack(index, show)

  useEffect(() => {
    if (shown === undefined) return
    studio.show(shown)
    rememberPanel(workspace, shown)
    ownPresence(mirror).set({ selection: [shown] })
  }, [shown, workspace, mirror])
  useEffect(() => {
    if (reveal === undefined) return
    studio.set({ reveal: undefined })
    studio.show(reveal)
  }, [reveal])

  if (shown === undefined) return null
  return (
    <section aria-label={say("Panels")} data-home className="absolute inset-0 flex flex-col bg-surface">
      <header className="flex h-12 flex-none items-center border-line border-b px-0.5">
        <IconButton
          label={say("Previous panel")}
          icon={<ChevronLeft size={20} className="rtl:-scale-x-100" />}
          disabled={index === 0}
          className="size-10"
          onClick={() => show(index - 1)}
        />
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => setListed(true)}
          className="flex h-11 min-w-0 flex-1 items-center gap-2 rounded-control px-1.5 text-start active:bg-hover"
        >
          <LiveDot id={shown} />
          <span className="min-w-0 truncate font-bold text-14">{order[index]?.name}</span>
          <ChevronDown size={14} className="flex-none text-soft" />
          <span className="flex-1" />
          <span className="tabular flex-none text-12 text-soft">
            {say("{at} of {count}", { at: index + 1, count: order.length })}
          </span>
        </button>
        <Narrowed id={shown} />
        <Talk panel={shown} />
        <Acts panel={shown} title={order[index]?.name ?? ""} />
        <IconButton
          label={say("Next panel")}
          icon={<ChevronRight size={20} className="rtl:-scale-x-100" />}
          disabled={index >= order.length - 1}
          className="size-10"
          onClick={() => show(index + 1)}
        />
      </header>
      <div
        ref={track}
        className="nx-track flex min-h-0 flex-1 snap-x snap-mandatory overflow-x-auto overscroll-x-contain"
      >
        {order.map(({ id, name }, at) => (
          <Slide key={id} id={id} title={name} near={Math.abs(at - index) <= 1} current={at === index} then={then} />
        ))}
      </div>
      {listed ? <PanelList onClose={() => setListed(false)} /> : null}
    </section>
  )
}

/** What was said about the panel, and the place to say something. */
function Talk({ panel }: { readonly panel: string }) {
  const count = useComments().filter(({ scope, properties }) => scope === panel && !properties.resolved).length
  const label =
    count > 0
      ? say("{count, plural, one {# comment} other {# comments}} on this panel", { count })
      : say("Comment on this panel")
  return (
    <span className="relative flex-none">
      <IconButton
        label={label}
        icon={<MessageSquare size={17} />}
        className="size-10"
        onClick={() => commentDesk.draft({ scope: panel })}
      />
      {count > 0 ? (
        <span
          aria-hidden="true"
          className="tabular pointer-events-none absolute end-0.5 top-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 font-bold text-[10px] text-on-accent leading-none"
        >
          {count}
        </span>
      ) : null}
    </span>
  )
}

function Acts({ panel, title }: { readonly panel: string; readonly title: string }) {
  const editable = usePanelLevel(panel) === "change"
  return (
    <SheetMenu
      id={panel}
      title={title}
      className="size-10 flex-none"
      first={[
        { label: say("Edit in place"), icon: <PencilRuler size={15} />, run: () => studio.direct(panel) },
        {
          label: editable ? say("Edit source") : say("Read source"),
          icon: <Code size={15} />,
          run: () => studio.edit(panel),
        },
      ]}
    />
  )
}
