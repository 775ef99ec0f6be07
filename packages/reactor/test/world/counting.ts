import { type ComponentType, createElement } from "react"
import { Cells } from "../../src/react/Cells.tsx"
import type { ComponentProps } from "../../src/react/component.ts"
import type { LivePanel } from "../../src/react/index.ts"
import { PaintingContext } from "../../src/react/panel-context.ts"
import { componentOf } from "../../src/react/registry.ts"
import { type Screen, show } from "./screen.ts"

/** A screen that knows how often each component was rendered, by the `id` it has in the View. */
export interface CountingScreen {
  readonly screen: Screen
  /** Renders since the last time this was asked. */
  renders(): { readonly [id: string]: number }
}

/** Shows a panel with its own components, each counted when it renders. */
export async function showCounting(live: LivePanel): Promise<CountingScreen> {
  const counts = new Map<string, number>()
  const counted = new Map<string, ComponentType<ComponentProps>>()
  const countingOf = (element: string) => {
    let counting = counted.get(element)
    if (!counting) {
      const Component = componentOf(element)
      counting = (props: ComponentProps) => {
        const id = props.root["data-nx-id"] ?? element
        counts.set(id, (counts.get(id) ?? 0) + 1)
        return createElement(Component, props)
      }
      counted.set(element, counting)
    }
    return counting
  }
  const cells = createElement(Cells, { nodes: live.panel.view, places: live.root })
  const screen = await show(live, createElement(PaintingContext, { value: { live, componentOf: countingOf } }, cells))
  return {
    screen,
    renders() {
      const seen = Object.fromEntries(counts)
      counts.clear()
      return seen
    },
  }
}
