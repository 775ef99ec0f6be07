import type { CDPSession, Page } from "playwright-core"

/* What hands do that a test does not have ready-made: drags in steps, fingers, and what comes from other programs. */

export interface Point {
  readonly x: number
  readonly y: number
}

/** Fingers that touch, move together in a few steps, and let go. */
export async function swipe(touch: CDPSession, fingers: readonly Point[], by: readonly Point[]): Promise<void> {
  const at = (share: number) =>
    fingers.map(({ x, y }, id) => ({ x: x + (by[id]?.x ?? 0) * share, y: y + (by[id]?.y ?? 0) * share, id }))
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) })
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(share) })
  }
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] })
}

/** Moves the pointer with a button down, in steps as a hand does. A drag counts from where it was known to be one. */
export async function dragBy(
  { mouse, keyboard }: Page,

  from: Point,
  by: Point,
  key?: "Alt" | "Control",
): Promise<void> {
  await mouse.move(from.x, from.y)
  if (key === "Alt") await keyboard.down(key)
  await mouse.down()
  await mouse.move(from.x + 1, from.y + 1)
  await mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 3 })
  if (key === "Control") await keyboard.down(key)
  await mouse.move(from.x + 1 + by.x, from.y + 1 + by.y, { steps: 3 })
  await mouse.up()
  if (key) await keyboard.up(key)
}

/** As if somebody had copied this text elsewhere. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((given) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/plain", given)
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** Files over the desk, as the system's file manager brings them. */
export async function dragFiles(
  page: Page,
  files: Record<string, string>,
  at: Point,
  event: "dragenter" | "drop",
): Promise<void> {
  await page.evaluate(
    ({ files: given, at: { x, y }, event: name }) => {
      const dataTransfer = new DataTransfer()
      for (const [file, text] of Object.entries(given)) dataTransfer.items.add(new File([text], file))
      const init = { dataTransfer, clientX: x, clientY: y, bubbles: true, cancelable: true }
      document.querySelector(".nx-desk .react-flow__pane")?.dispatchEvent(new DragEvent(name, init))
    },
    { files, at, event },
  )
}

/** A point of the window, on the canvas. */
export function onCanvas(page: Page, at: Point): Promise<Point> {
  return page.locator(".react-flow__viewport").evaluate((view, { x, y }) => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(view).transform)
    const desk = view.closest(".nx-desk")?.getBoundingClientRect()
    return { x: (x - (desk?.left ?? 0) - e) / a, y: (y - (desk?.top ?? 0) - f) / a }
  }, at)
}
