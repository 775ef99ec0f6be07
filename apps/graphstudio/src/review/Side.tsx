import type { PanelEntity } from "@nexus/protocol"
import { PanelView } from "@nexus/reactor/react"
import { usePreview } from "../canvas/use-preview.ts"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"

interface SideProps {
  readonly label: string
  readonly after: boolean
  readonly panel: PanelEntity | undefined
}

/** One of the two living panels of a review. What is pressed here stays here. */
export function Side({ label, after, panel }: SideProps) {
  const { mirror } = useDesk()
  const live = usePreview(panel, mirror.graph)
  return (
    <section aria-label={label} className="min-w-0">
      <h3 className="mb-1.5 font-medium text-12 text-faint">{label}</h3>
      {panel && live ? (
        <div className={classNames("nx-sheet !h-auto", after && "!border-good")}>
          <header className="flex h-10 items-center gap-2 px-4">
            <span aria-hidden="true" className={classNames("nx-dot", after ? "bg-good" : "bg-line-strong")} />
            <span className="truncate font-medium text-13">{panel.properties.title}</span>
          </header>
          <div className="max-h-[360px] overflow-auto px-4 pt-1 pb-4">
            <PanelView live={live} />
          </div>
        </div>
      ) : (
        <div className="nx-ghost grid min-h-32 place-items-center text-13">
          {after ? say("Gone") : say("Not there yet")}
        </div>
      )}
    </section>
  )
}
