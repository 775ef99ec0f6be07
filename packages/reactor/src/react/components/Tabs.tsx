import { components } from "@nexus/protocol"
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef } from "react"
import type { Cell } from "../../store/cells.ts"
import { sameValue } from "../../store/same-value.ts"
import { createComputed } from "../../store/signal.ts"
import { CellView, useCells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { InlineError } from "../InlineError.tsx"
import { evaluateProps, Props, textOf } from "../props.ts"
import { useBound } from "../use-bound.ts"
import { useReadable } from "../use-value.ts"
import { word } from "../words.ts"

interface TabWords {
  readonly name: string
  readonly label: string
  readonly badge: string
  readonly disabled: boolean
  readonly errors: readonly string[]
}

/**
 * Tabs as the ARIA Authoring Practices describe them: one stop for the Tab key, arrows move and open. Only the open
 * part is painted; a name that no tab has opens the first one, so there is always something to see.
 */
export function Tabs(component: ComponentProps): ReactNode {
  const { node, places, props, root } = component
  const id = useId()
  const row = useRef<HTMLDivElement>(null)
  const bound = useBound(component)
  const found = useCells(node.children, places)
  const cells = useMemo(() => found.filter(isTab), [found])
  const words = useReadable(useMemo(() => createComputed(() => cells.map(wordsOf), sameValue), [cells]))
  const wanted = words.findIndex(({ name, disabled }) => !disabled && name === textOf(bound.value))
  const open =
    wanted < 0
      ? Math.max(
          0,
          words.findIndex(({ disabled }) => !disabled),
        )
      : wanted
  const cell = cells[open]
  const label = props.text("label")

  const choose = (index: number) => {
    const tab = words[index]
    if (tab && !tab.disabled && index !== open) bound.write(tab.name)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = stepTo(event, words, open)
    if (next === undefined) return
    event.preventDefault()
    choose(next)
    row.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus()
  }
  if (!cell) return null
  return (
    <div {...root} className="nx-tabs">
      <div ref={row} role="tablist" aria-label={label || undefined} className="nx-tab-row" onKeyDown={onKeyDown}>
        {words.map((tab, index) => (
          <button
            key={cells[index]?.key}
            type="button"
            role="tab"
            id={`${id}-${cells[index]?.key}`}
            className="nx-tab"
            aria-selected={index === open}
            aria-controls={index === open ? `${id}-part` : undefined}
            tabIndex={index === open ? 0 : -1}
            disabled={tab.disabled}
            onClick={() => choose(index)}
          >
            <span>{tab.label}</span>
            {tab.badge !== "" && <span className="nx-tab-badge">{tab.badge}</span>}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-part`}
        aria-labelledby={`${id}-${cell.key}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard goes from the tab into its part
        tabIndex={0}
        className="nx-tab-part"
      >
        {words[open] && words[open].errors.length > 0 ? (
          <InlineError element="Tab" messages={words[open].errors} />
        ) : (
          <CellView key={cell.key} cell={cell} />
        )}
      </div>
      <Problem message={bound.failure} />
    </div>
  )
}

type TabCell = Extract<Cell, { kind: "component" | "error" }>

/** A mark of values that are kept until asked for is no tab. */
function isTab(cell: Cell): cell is TabCell {
  return cell.kind !== "stale"
}

function wordsOf(cell: TabCell): TabWords {
  if (cell.kind === "error") {
    const label = cell.node.element
    return { name: cell.key, label, badge: "", disabled: false, errors: [] }
  }
  const { values, errors } = evaluateProps(cell.node, cell.places)
  const props = new Props(components.get("Tab"), values)
  const label = props.text("label") || word("Tab")
  return {
    name: props.text("name") || label,
    label,
    badge: props.text("badge"),
    disabled: props.flag("disabled"),
    errors,
  }
}

/** Where a key leads: the neighbour, around the ends, past what is disabled. */
function stepTo(event: KeyboardEvent<HTMLElement>, tabs: readonly TabWords[], from: number): number | undefined {
  const leftwards = getComputedStyle(event.currentTarget).direction === "rtl"
  const usable = tabs.flatMap(({ disabled }, index) => (disabled ? [] : [index]))
  const at = usable.indexOf(from)
  switch (event.key) {
    case "Home":
      return usable[0]
    case "End":
      return usable.at(-1)
    case "ArrowRight":
    case "ArrowLeft": {
      const forward = (event.key === "ArrowRight") !== leftwards
      return usable[(at + (forward ? 1 : -1) + usable.length) % usable.length]
    }
    default:
      return undefined
  }
}
