import { act, createElement, type ReactNode } from "react"
import { createRoot } from "react-dom/client"
import type { LivePanel } from "../../src/react/index.ts"
import { PanelView } from "../../src/react/index.ts"

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

/** A panel on a screen: what a person sees and can do with it. */
export interface Screen {
  readonly element: HTMLElement
  /** The one element that matches. */
  find<Found extends HTMLElement = HTMLElement>(selector: string): Found
  text(): string
  click(selector: string): Promise<void>
  type(selector: string, value: string): Promise<void>
  press(selector: string, key: string): Promise<void>
  /** Lets what was started come to rest. */
  rest(work?: () => unknown): Promise<void>
  close(): void
}

/** Shows a panel in a document that the test environment provides, through `view` unless as it is. */
export async function show(live: LivePanel, view: ReactNode = createElement(PanelView, { live })): Promise<Screen> {
  const element = document.createElement("div")
  document.body.append(element)
  const root = createRoot(element)
  const rest = (work?: () => unknown) =>
    act(async () => {
      await work?.()
      await new Promise((resolve) => setTimeout(resolve, 0))
    })
  await rest(() => root.render(view))
  const find = <Found extends HTMLElement = HTMLElement>(selector: string) => {
    const found = element.querySelectorAll<Found>(selector)
    const [first] = found
    if (!first || found.length > 1)
      throw new Error(`${found.length} elements match ${selector} in ${element.innerHTML}`)
    return first
  }
  return {
    element,
    find,
    text: () => element.textContent ?? "",
    click: (selector) => rest(() => find(selector).click()),
    type: (selector, value) =>
      rest(() => {
        const input = find<HTMLInputElement>(selector)
        const prototype =
          input instanceof HTMLSelectElement ? HTMLSelectElement.prototype : Object.getPrototypeOf(input)
        Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(input, value)
        const kind = input instanceof HTMLSelectElement ? "change" : "input"
        input.dispatchEvent(new Event(kind, { bubbles: true }))
      }),
    press: (selector, key) =>
      rest(() => find(selector).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))),
    rest,
    close: () => {
      act(() => root.unmount())
      element.remove()
    },
  }
}
