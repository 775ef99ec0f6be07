import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useMemo, useState } from "react"
import { useWidth } from "../use-width.ts"
import { word } from "../words.ts"
import { valueText } from "./axes.ts"
import { axisPlot } from "./axis-plot.ts"
import type { ChartData } from "./chart-data.ts"
import { heatPlot, heatRange } from "./heat-plot.ts"
import { Legend, Shades } from "./Legend.tsx"
import { PlotMarks } from "./PlotMarks.tsx"
import { piePlot, slicesOf } from "./pie-plot.ts"
import { nearestStop, type Plot, type PlotOptions, stopAfterKey } from "./plot.ts"
import { Patterns } from "./SeriesMark.tsx"
import { stopWords, Tooltip } from "./Tooltip.tsx"

export interface ChartDrawingProps {
  readonly data: ChartData
  /** `line`, `area`, `bar`, `scatter`, `pie` or `heatmap`. */
  readonly type: string
  readonly height: number
  readonly label: string
  readonly stacked: boolean
  readonly pattern: string
}

const WIDTH_BEFORE_MEASURED = 480
const NONE = -1

/**
 * A chart in two steps: a plot (where every mark, tick and stop stands, from numbers alone) and its SVG. The server draws
 * the same picture as the browser. The pointer and the arrow keys walk the same stops.
 */
export function ChartDrawing({ data, type, height, label, stacked, pattern }: ChartDrawingProps): ReactNode {
  const id = useId()
  const { box, width = WIDTH_BEFORE_MEASURED } = useWidth()
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [walked, setWalked] = useState({ stop: NONE, byKey: false })
  const plot = useMemo(
    () => plotOf({ data, type, width, height, stacked, pattern, hidden }),
    [data, type, width, height, stacked, pattern, hidden],
  )
  const entries = useMemo(
    () => (type === "pie" ? slicesOf(data) : data.series.map(({ name }, series) => ({ name, series }))),
    [data, type],
  )
  const stop = plot.stops[walked.stop]

  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const seen = event.currentTarget.getBoundingClientRect()
    // On the canvas everything may be zoomed: what is seen is not what was measured.
    const zoom = seen.width > 0 ? width / seen.width : 1
    const [x, y] = [(event.clientX - seen.left) * zoom, (event.clientY - seen.top) * zoom]
    const nearest = nearestStop(plot, x, y, type === "line" || type === "area" || type === "bar")
    if (nearest !== walked.stop) setWalked({ stop: nearest, byKey: false })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && walked.stop !== NONE) {
      event.stopPropagation()
      setWalked({ stop: NONE, byKey: true })
      return
    }
    const next = stopAfterKey(plot, walked.stop, event.key)
    if (next === undefined || plot.stops.length === 0) return
    event.preventDefault()
    setWalked({ stop: next, byKey: true })
  }
  const leave = () => setWalked({ stop: NONE, byKey: false })
  const toggle = (name: string) => {
    const next = new Set(hidden)
    if (!next.delete(name) && hidden.size < entries.length - 1) next.add(name)
    setHidden(next)
    leave()
  }
  const drawn = entries.map(({ series }) => series)
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups inputs, this groups a picture and its stops */}
      <div
        ref={box}
        className="nx-plot"
        role="group"
        aria-roledescription="chart"
        aria-label={word("{label}. Arrow keys walk its values.", { label: label || word("Chart") })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk along the values
        tabIndex={0}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={leave}
        onBlur={leave}
        onKeyDown={onKeyDown}
      >
        <svg
          className="nx-drawing"
          viewBox={`0 0 ${plot.width} ${plot.height}`}
          height={plot.height}
          role="img"
          aria-label={word("{names}: the table after this drawing has the numbers", {
            names: entries.map(({ name }) => name).join(", "),
          })}
        >
          <Patterns id={id} series={drawn} />
          <PlotMarks plot={plot} id={id} stop={walked.stop} />
        </svg>
        {stop && <Tooltip plot={plot} stop={stop} type={type} id={id} />}
        <div role="status" className="nx-hidden">
          {stop && walked.byKey ? stopWords(stop) : ""}
        </div>
      </div>
      {type === "heatmap" && <HeatShades data={data} hidden={hidden} pattern={pattern} />}
      {entries.length > 1 && type !== "heatmap" && (
        <Legend entries={entries} hidden={hidden} onToggle={toggle} type={type} id={id} />
      )}
    </>
  )
}

function plotOf(options: PlotOptions): Plot {
  if (options.type === "pie") return piePlot(options)
  return options.type === "heatmap" ? heatPlot(options) : axisPlot(options)
}

function HeatShades({ data, hidden, pattern }: Pick<PlotOptions, "data" | "hidden" | "pattern">): ReactNode {
  const [low, high] = heatRange(data, hidden)
  return <Shades low={valueText(low, pattern)} high={valueText(high, pattern)} />
}
