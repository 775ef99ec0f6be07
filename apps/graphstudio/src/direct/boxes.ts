/** A rectangle in the layer's own pixels, whatever the canvas is zoomed to. */
export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** One painted component; a node inside an Each has one for each row. They stand in the order of the page. */
export interface Box {
  readonly node: string
  readonly rect: Rect
}

/** The boxes of everything marked inside `panel`, measured against `layer`. */
export function measureBoxes(panel: Element, layer: HTMLElement): readonly Box[] {
  const origin = layer.getBoundingClientRect()
  const scale = layer.offsetWidth === 0 ? 1 : origin.width / layer.offsetWidth
  return [...panel.querySelectorAll("[data-nx-node]")].flatMap((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const node = element.getAttribute("data-nx-node")
    if (node === null || width === 0 || height === 0) return []
    return [
      {
        node,
        rect: {
          left: (left - origin.left) / scale,
          top: (top - origin.top) / scale,
          width: width / scale,
          height: height / scale,
        },
      },
    ]
  })
}

/** The innermost box under a point: what is painted inside another stands behind it in the page. */
export function boxAt(boxes: readonly Box[], x: number, y: number): Box | undefined {
  return boxes.findLast(({ rect }) => contains(rect, x, y))
}

/** The boxes of a node; of one that paints nothing itself, such as an If, those of the nearest nodes inside of it. */
export function boxesOf(boxes: readonly Box[], node: string): readonly Rect[] {
  const own = boxes.filter((box) => box.node === node)
  if (own.length > 0) return own.map(({ rect }) => rect)
  const inside = boxes.filter((box) => box.node.startsWith(`${node}.`))
  const nearest = Math.min(...inside.map((box) => box.node.split(".").length))
  return inside.filter((box) => box.node.split(".").length === nearest).map(({ rect }) => rect)
}

export function contains({ left, top, width, height }: Rect, x: number, y: number): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height
}
