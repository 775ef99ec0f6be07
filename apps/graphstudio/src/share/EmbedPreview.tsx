import type { PanelEntity } from "@nexus/protocol"
import { PanelView, ReadOnly } from "@nexus/reactor/react"
import { useEffect, useMemo, useRef, useState } from "react"
import { usePreview } from "../canvas/use-preview.ts"
import { useSections } from "../canvas/use-sections.ts"
import type { Look } from "../embed/address.ts"
import { EmbedStage } from "../embed/EmbedStage.tsx"
import { type Shown, shownOf } from "../embed/shown.ts"
import type { Size } from "../embed/snippet.ts"
import { say } from "../words/say.ts"
import { useDesk, usePanel, usePanels } from "../workspace/desk-context.ts"
import "@nexus/reactor/panel.css"

interface EmbedPreviewProps {
  /** Absent for the canvas. */
  readonly panel: string | undefined
  readonly size: Size
  readonly look: Look
}

const SCHEMES = { auto: undefined, light: "light", dark: "dark" } satisfies Record<Look, string | undefined>
const HIGHEST_PX = 220

/**
 * How it will look there, by the same parts. No frame: this page allows none, and the embed none of this page. What is
 * larger than the dialog is drawn smaller, as a whole.
 */
export default function EmbedPreview({ panel, size, look }: EmbedPreviewProps) {
  const { mirror } = useDesk()
  const entity = usePanel(panel ?? "")
  const panels = usePanels()
  const sections = useSections()
  const shown = useMemo(
    (): Shown =>
      panel === undefined ? { kind: "canvas", panels, sections } : shownOf(mirror.graph, entity?.id ?? panel),
    [panel, panels, sections, mirror, entity],
  )
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState(600)
  useEffect(() => {
    if (!box.current) return
    const observer = new ResizeObserver(([entry]) => entry && setPlace(entry.contentRect.width))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  const width = size.width ?? Math.max(place, 600)
  const scale = Math.min(1, place / width, HIGHEST_PX / size.height)
  return (
    <figure className="flex flex-col gap-1.5">
      <figcaption className="font-medium text-13">{say("How it looks there")}</figcaption>
      <div ref={box} className="nx-desk overflow-hidden rounded-control" style={{ height: size.height * scale }}>
        <div
          inert
          className="mx-auto overflow-hidden rounded-sheet border border-line"
          style={{
            width,
            height: size.height,
            transform: `scale(${scale})`,
            transformOrigin: "top left",
            marginInlineStart: Math.max(0, (place - width * scale) / 2),
            colorScheme: SCHEMES[look],
          }}
        >
          <EmbedStage shown={shown} Body={StillBody} href={undefined} />
        </div>
      </div>
    </figure>
  )
}

/** A panel as it is now, with its controls off. */
function StillBody({ panel }: { readonly panel: PanelEntity }) {
  const { mirror } = useDesk()
  const live = usePreview(panel, mirror.graph)
  if (!live) return null
  return (
    <ReadOnly on>
      <PanelView live={live} />
    </ReadOnly>
  )
}
