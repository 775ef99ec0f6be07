import type { ReactNode } from "react"
import { classNames } from "../ui/class-names.ts"

interface TileProps {
  readonly label: string
  readonly value: string
  /** What the value is to be held against. */
  readonly hint?: string | undefined
  /** Its last minutes, oldest first. */
  readonly line?: readonly number[]
  readonly tone?: "careful" | "wrong" | undefined
  readonly children?: ReactNode
}

/** One number that matters, large and calm, with a little line of how it came there. */
export function Tile({ label, value, hint, line, tone, children }: TileProps) {
  return (
    <section
      aria-label={label}
      className="relative flex flex-col overflow-hidden rounded-sheet border border-line bg-surface p-4"
    >
      <h3 className="text-12 text-soft">{label}</h3>
      <p
        className={classNames(
          "tabular mt-0.5 font-medium text-20",
          tone === "wrong" && "text-wrong",
          tone === "careful" && "text-careful",
        )}
      >
        {value}
      </p>
      {hint ? <p className="tabular text-12 text-soft">{hint}</p> : null}
      {children}
      {line && line.length > 1 ? <Line values={line} /> : null}
    </section>
  )
}

const HEIGHT = 28

/** From nought up: a line that hugs its own least value would make a storm of nothing. */
function Line({ values }: { readonly values: readonly number[] }) {
  const most = Math.max(...values, Number.EPSILON) * 1.15
  const points = values.map((value, at) => {
    const x = (at / (values.length - 1)) * 100
    return `${x.toFixed(2)},${(HEIGHT - (Math.max(0, value) / most) * HEIGHT).toFixed(2)}`
  })
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 100 ${HEIGHT}`}
      preserveAspectRatio="none"
      className="mt-auto -mx-4 -mb-4 block h-8 w-[calc(100%+2rem)] pt-1"
    >
      <polygon points={`0,${HEIGHT} ${points.join(" ")} 100,${HEIGHT}`} fill="var(--nx-accent)" opacity="0.09" />
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="var(--nx-accent)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

interface TilesProps {
  readonly across: 3 | 4
  readonly children: ReactNode
}

/** Tiles side by side, in full rows; two on a phone. */
export function Tiles({ across, children }: TilesProps) {
  return <div className={classNames("grid grid-cols-2 gap-3", ACROSS[across])}>{children}</div>
}

const ACROSS = { 3: "sm:grid-cols-3", 4: "sm:grid-cols-4" } as const
