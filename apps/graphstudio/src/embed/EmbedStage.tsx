import { ArrowUpRight, PanelTop, Shapes } from "lucide-react"
import type { ReactNode } from "react"
import { Empty } from "../ui/Empty.tsx"
import { Logo } from "../ui/Logo.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import type { Body, Shown } from "./shown.ts"

const EmbedCanvas = onDemand(
  () => import("./EmbedCanvas.tsx"),
  () => <Skeleton lines={4} />,
)

interface EmbedStageProps {
  readonly shown: Shown
  readonly Body: Body
  /** Where the line below leads; none where it is only shown how it will look. */
  readonly href: string | undefined
  /** What is to be known about what is shown, such as that it does not move on now. */
  readonly aside?: ReactNode
}

/** What a page of another site shows: the panel from edge to edge, or the canvas, and one quiet line below it. */
export function EmbedStage({ shown, Body, href, aside }: EmbedStageProps) {
  const title = shown.kind === "panel" ? shown.panel?.properties.title : undefined
  return (
    <div className="flex h-full flex-col bg-surface text-ink">
      <main className="relative min-h-0 flex-1">{content(shown, Body)}</main>
      <Line title={title ?? ""} href={href} aside={aside} />
    </div>
  )
}

function content(shown: Shown, Body: Body): ReactNode {
  if (shown.kind === "panel") {
    const { panel } = shown
    if (!panel) {
      return (
        <Empty icon={<PanelTop size={22} />} title={say("This panel is not there any more")}>
          {say("It was removed where it was made. If it comes back, it is shown here again.")}
        </Empty>
      )
    }
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the frame is scrolled by keys too
      <section aria-label={panel.properties.title} tabIndex={0} className="absolute inset-0 overflow-auto p-4">
        <Body panel={panel} />
      </section>
    )
  }
  if (shown.panels.length === 0) {
    return (
      <Empty icon={<Shapes size={22} />} title={say("Nothing on the canvas yet")}>
        {say("As soon as somebody puts a panel there, it is shown here.")}
      </Empty>
    )
  }
  return <EmbedCanvas panels={shown.panels} sections={shown.sections} Body={Body} />
}

interface LineProps {
  readonly title: string
  readonly href: string | undefined
  readonly aside?: ReactNode
}

/** What it is and where it comes from. */
export function Line({ title, href, aside }: LineProps) {
  const words = (
    <>
      <Logo size={14} />
      {say("Open in Nexus")}
      <ArrowUpRight size={12} aria-hidden="true" className="rtl:-scale-x-100" />
    </>
  )
  const look = "flex flex-none items-center gap-1.5 rounded-[4px]"
  return (
    <footer className="flex h-8 flex-none items-center gap-3 border-line border-t px-3 text-12 text-soft">
      <span className="min-w-0 flex-1 truncate">{aside ?? title}</span>
      {href === undefined ? (
        <span className={look}>{words}</span>
      ) : (
        <a href={href} target="_blank" rel="noopener noreferrer" className={`${look} hover:text-ink hover:underline`}>
          {words}
        </a>
      )}
    </footer>
  )
}
