import type { PanelDocument } from "@nexus/reactor/language"
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react"
import { createPortal } from "react-dom"
import { say } from "../words/say.ts"
import { usePanelLevel } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { type Box, boxAt, boxesOf, contains, type Rect } from "./boxes.ts"
import { onDirectKey } from "./direct-keys.ts"
import { answerDrags, startDrag, useDrag } from "./drag.ts"
import { type DropNode, dropPlace } from "./drop-place.ts"
import { holdsAnything } from "./made.ts"
import { usePanelDocument } from "./panel-document.ts"
import { focusProperties } from "./property-focus.ts"
import { useBoxes } from "./use-boxes.ts"
import { useDirectActs } from "./use-direct-acts.ts"
import { useFollowed } from "./use-followed.ts"
import { pathTo, type TreeNode, viewTree } from "./view-tree.ts"
import "./direct.css"

/**
 * Lies over a living panel while its components are edited: the panel goes on showing what is true, and takes no click.
 * Outlines are drawn from where the components really stand; the alternative, an editor's own rendering of the panel, is
 * never quite what people will see.
 */
export default function DirectLayer({ panel }: { readonly panel: string }) {
  const document = usePanelDocument(panel)
  const directing = useStudio((state) => state.directing)
  const { node } = directing ?? {}
  const editable = usePanelLevel(panel) === "change"
  const acts = useDirectActs(panel)
  const layer = useRef<HTMLDivElement>(null)
  const boxes = useBoxes(layer)
  const tree = useMemo(() => viewTree(document), [document])
  const [hovered, setHovered] = useState<string>()
  const { source } = document
  useFollowed(document, directing)
  useEffect(() => layer.current?.focus({ preventScroll: true }), [])
  useEffect(() => answerDrags((dragged, x, y) => dropAt(layer.current, document, tree, boxes, dragged, x, y)))
  useEffect(() => {
    if (node !== undefined) reveal(layer.current, boxesOf(boxes, node)[0])
  }, [node, boxes])

  const select = (next: string | undefined) => studio.direct(panel, next, source)
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return
    layer.current?.focus({ preventScroll: true })
    const box = boxUnder(layer.current, boxes, event)
    select(box?.node)
    if (!box || !editable) return
    startDrag(event, { kind: "move", node: box.node }, (place) => acts.move(box.node, place))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const onEnter = () => focusProperties()
    if (!onDirectKey(event, { panel, node, source, tree, acts: editable ? acts : undefined, onEnter })) return
    event.preventDefault()
    event.stopPropagation()
  }
  const selected = pathTo(tree, node).at(-1)

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of outlines is no fieldset
    <div
      ref={layer}
      role="group"
      aria-label={say("Components of the panel")}
      aria-describedby="nx-direct-said"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys go through the components from here
      tabIndex={0}
      className="nx-direct"
      onPointerDown={press}
      onPointerMove={(event) => setHovered(boxUnder(layer.current, boxes, event)?.node)}
      onPointerLeave={() => setHovered(undefined)}
      onDoubleClick={() => node !== undefined && focusProperties()}
      onKeyDown={onKeyDown}
    >
      <p id="nx-direct-said" aria-live="polite" className="sr-only">
        {selected ? inWords(selected) : say("Arrow keys and Tab go through the components; Enter edits one.")}
      </p>
      {hovered !== undefined && hovered !== node ? (
        <Outlines rects={boxesOf(boxes, hovered)} look="hovered" tag={pathTo(tree, hovered).at(-1)?.element} />
      ) : null}
      {selected ? <Outlines rects={boxesOf(boxes, selected.id)} look="selected" tag={selected.element} /> : null}
      <DropMark />
      {createPortal(<DragGhost tree={tree} />, globalThis.document.body)}
    </div>
  )
}

function inWords({ element, told }: TreeNode): string {
  return told === "" ? element : `${element} ${told}`
}

interface OutlinesProps {
  readonly rects: readonly Rect[]
  readonly look: "hovered" | "selected"
  readonly tag: string | undefined
}

/** One outline for each place where it is painted; its name at the first. */
function Outlines({ rects, look, tag }: OutlinesProps) {
  return rects.map((rect, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows of an Each have nothing else here
      key={index}
      aria-hidden="true"
      data-look={index === 0 || look === "hovered" ? look : "also"}
      className="nx-direct-outline"
      style={rect}
    >
      {index === 0 ? <span data-below={rect.top < 18 || undefined}>{tag}</span> : null}
    </span>
  ))
}

/** The line where what is dragged would stand. */
function DropMark() {
  const drop = useDrag((state) => state.drop)
  if (!drop) return null
  return <span aria-hidden="true" data-inside={drop.inside || undefined} className="nx-direct-drop" style={drop.line} />
}

/** What is dragged, at the pointer. */
function DragGhost({ tree }: { readonly tree: readonly TreeNode[] }) {
  const { dragged, x, y, drop } = useDrag()
  if (!dragged) return null
  const node = dragged.kind === "move" ? pathTo(tree, dragged.node).at(-1) : undefined
  const name = dragged.kind === "new" ? dragged.name : node && inWords(node)
  return (
    <span aria-hidden="true" data-off={!drop || undefined} className="nx-direct-ghost" style={{ left: x, top: y }}>
      {name}
    </span>
  )
}

interface Point {
  readonly clientX: number
  readonly clientY: number
}

function boxUnder(layer: HTMLElement | null, boxes: readonly Box[], { clientX, clientY }: Point): Box | undefined {
  const at = layer && toLayer(layer, clientX, clientY)
  return at ? boxAt(boxes, at.x, at.y) : undefined
}

function toLayer(layer: HTMLElement, x: number, y: number) {
  const { left, top, width } = layer.getBoundingClientRect()
  const scale = layer.offsetWidth === 0 ? 1 : width / layer.offsetWidth
  return { x: (x - left) / scale, y: (y - top) / scale }
}

function dropAt(
  layer: HTMLElement | null,
  document: PanelDocument,
  tree: readonly TreeNode[],
  boxes: readonly Box[],
  dragged: NonNullable<ReturnType<typeof useDrag.getState>["dragged"]>,
  x: number,
  y: number,
) {
  // What is scrolled away is not under the pointer.
  const sheet = layer?.closest(".nx-sheet-body")?.getBoundingClientRect()
  if (!layer || !sheet || !contains(sheet, x, y)) return undefined
  const node = dragged.kind === "move" ? dragged.node : undefined
  return dropPlace(toDropNodes(document, tree), boxes, toLayer(layer, x, y), node)
}

function toDropNodes(document: PanelDocument, tree: readonly TreeNode[]): readonly DropNode[] {
  return tree.map(({ id, element, children }) => ({
    id,
    holds: children.length > 0 || holdsAnything(document, element),
    children: toDropNodes(document, children),
  }))
}

/** Brings the selected one on screen inside its sheet, for those who go by keys. */
function reveal(layer: HTMLElement | null, rect: Rect | undefined): void {
  const sheet = layer?.closest(".nx-sheet-body")
  if (!sheet || !rect || !layer) return
  const top = rect.top + layer.offsetTop
  if (top < sheet.scrollTop) sheet.scrollTo({ top: top - 24 })
  else if (top + Math.min(rect.height, sheet.clientHeight) > sheet.scrollTop + sheet.clientHeight) {
    sheet.scrollTo({ top: top + Math.min(rect.height, sheet.clientHeight) - sheet.clientHeight + 24 })
  }
}
