import { NodeMarks, PanelView, ReadOnly } from "@nexus/reactor/react"
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react"
import { onDemand } from "../ui/on-demand.tsx"
import { say } from "../words/say.ts"
import { useDesk, usePanelLevel, usePanelPart } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { CapabilityPrompt } from "./CapabilityPrompt.tsx"
import { livePanel, readPanel } from "./live-panels.ts"
import { markScrolls, useScrolls } from "./use-scrolls.ts"
import "@nexus/reactor/panel.css"

const DirectLayer = onDemand(() => import("../direct/DirectLayer.tsx"))

/** The living content. For a viewer all that writes is switched off; what only looks, such as sorting a table, stays. */
export default function SheetBody({ id }: { readonly id: string }) {
  const desk = useDesk()
  const level = usePanelLevel(id)
  const runs = level === "run" || level === "change"
  const source = usePanelPart(id, (panel) => panel?.properties.source)
  const grants = usePanelPart(id, (panel) => panel?.properties.grants.join(" "))
  const directing = useStudio((state) => state.directing?.panel === id && state.instant === undefined)
  const [scrolls, setScrolls] = useState(false)
  const entity = source === undefined ? undefined : desk.mirror.graph.panel(id)
  const live = entity && livePanel(desk, entity)
  const broken = source !== undefined && readPanel(source) === undefined
  const look = ({ currentTarget: body, target }: PointerEvent) => {
    markScrolls(body)
    setScrolls(scrollsUnder(target, body))
  }
  const body = useRef<HTMLDivElement>(null)
  useScrolls(body)
  return (
    // A click into the content uses the panel; only the bar selects the sheet.
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops the canvas from taking the click
    <div
      ref={body}
      className={`nx-sheet-body nodrag nopan ${scrolls ? "nowheel" : ""}`}
      // Where every control is switched off nothing inside takes the focus, so the keys scroll the sheet itself.
      {...(runs ? {} : { tabIndex: 0 })}
      onPointerOver={look}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => isCommand(event) || event.stopPropagation()}
    >
      <CapabilityPrompt id={id} />
      {live ? (
        <div className={directing ? "relative" : ""}>
          {broken ? (
            <button
              type="button"
              onClick={() => studio.edit(id)}
              className="mb-2 w-full rounded-control bg-careful-soft px-3 py-1.5 text-start text-12 text-careful hover:underline"
            >
              {say("Its text does not work now. This is the last panel that did; open the source to mend it.")}
            </button>
          ) : null}
          <div inert={directing} className={broken ? "nx-hair" : ""}>
            <ReadOnly on={level !== "change"} boundOnly={level === "run"}>
              <NodeMarks of={directing ? live : undefined}>
                {/* A grant makes a refusal that still stands at a button untrue, so the content starts anew. */}
                <PanelView key={grants} live={live} />
              </NodeMarks>
            </ReadOnly>
          </div>
          {directing ? <DirectLayer panel={id} /> : null}
        </div>
      ) : (
        <p className="text-13 text-wrong">{say("This panel cannot be read. Open its source to mend it.")}</p>
      )}
    </div>
  )
}

/** Arrows and letters are the panel's; Ctrl+K and its like are the studio's, wherever the focus is. */
function isCommand({ ctrlKey, metaKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey
}

/** Whether the wheel moves something under the pointer, the sheet or a box inside it, and not the canvas. */
function scrollsUnder(target: EventTarget, sheet: Element): boolean {
  for (let element = target instanceof Element ? target : null; element; element = element.parentElement) {
    const overflows = element.scrollHeight > element.clientHeight
    if (overflows && (element === sheet || /auto|scroll/.test(getComputedStyle(element).overflowY))) return true
    if (element === sheet) return false
  }
  return false
}
