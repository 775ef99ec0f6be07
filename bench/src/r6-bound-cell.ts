import "@nexus/reactor/register-jsx"
import { parsePanel } from "@nexus/reactor"
import { Window } from "happy-dom"
import type { Contender, Goal } from "./measure.ts"

/**
 * One of a thousand bound cells in a Layout changes, from the operation to the document, against plain React that
 * renders its thousand cells again. Both in happy-dom: what the browser paints afterwards is the same for both.
 */
const CELLS = 1000

async function openDocument() {
  const window = new Window()
  for (const name of ["document", "HTMLElement", "Node", "Element"] as const)
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true })
  Object.defineProperty(globalThis, "window", { value: window, configurable: true })
  const [{ createRoot }, { flushSync }, react] = await Promise.all([
    import("react-dom/client"),
    import("react-dom"),
    import("react"),
  ])
  const element = document.createElement("div")
  document.body.append(element)
  return { element, createRoot, flushSync, ...react }
}

const VIEW =
  '<Layout gap="8"><Each items="{$state.items}" as="item" key="{item.id}"><Text content="{item.n}"/></Each></Layout>'
const SOURCE = `<NexusPanel title="Cells"><Data><State name="items" type="list"/></Data><View>${VIEW}</View></NexusPanel>`

async function oneBoundCell(): Promise<Contender> {
  const { element, createRoot, flushSync, createElement } = await openDocument()
  const { createPreviewPanel, PanelView } = await import("@nexus/reactor/react")
  const { panel } = parsePanel(SOURCE)
  if (!panel) throw new Error("the panel is wrong")
  const items = Array.from({ length: CELLS }, (_, id) => ({ id: `i${id}`, n: 0 }))
  const live = createPreviewPanel(panel, { items })
  flushSync(() => createRoot(element).render(createElement(PanelView, { live, width: 800 })))
  const painted = [...element.querySelectorAll("p")]
  let turn = 0
  const run = () => {
    turn += 1
    const at = (turn * 37) % CELLS
    flushSync(() => {
      void live.run(`$state.items[${at}].n = ${turn}`, live.root)
    })
    if (painted[at]?.textContent !== String(turn)) throw new Error("nothing was painted")
  }
  return { run, warmups: 40, samples: 60 }
}

async function allAgain(): Promise<Contender> {
  const { element, createRoot, flushSync, createElement, useState } = await openDocument()
  const style = { flex: "240 1 0", minWidth: "160px", maxWidth: "4096px" }
  let set: (values: readonly number[]) => void = () => {}
  const Cell = ({ n }: { readonly n: number }) =>
    createElement("div", { className: "nx-cell", style }, createElement("p", { className: "nx-text" }, String(n)))
  const All = () => {
    const [values, setValues] = useState<readonly number[]>(() => new Array(CELLS).fill(0))
    set = setValues
    return createElement(
      "div",
      { className: "nx-layout" },
      values.map((n, index) => createElement(Cell, { key: index, n })),
    )
  }
  flushSync(() => createRoot(element).render(createElement(All)))
  let values: readonly number[] = new Array(CELLS).fill(0)
  const painted = [...element.querySelectorAll("p")]
  let turn = 0
  const run = () => {
    turn += 1
    const at = (turn * 37) % CELLS
    values = values.with(at, turn)
    flushSync(() => set(values))
    if (painted[at]?.textContent !== String(turn)) throw new Error("nothing was painted")
  }
  return { run, warmups: 40, samples: 60 }
}

export const goal: Goal = {
  id: "R6",
  what: "one bound cell of 1,000 in React, layout included",
  rounds: 3,
  contenders: { "one bound cell": oneBoundCell, "all again": allAgain },
  claims: [{ ours: "one bound cell", peer: "all again", timesSlower: 0.35 }],
}
