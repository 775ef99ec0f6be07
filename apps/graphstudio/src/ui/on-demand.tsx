import { type ComponentType, createElement, lazy, Suspense } from "react"

/**
 * A part of the page that arrives when it is first shown. Until then `Meanwhile` stands in its place, and whatever is
 * beside it stays: parts that shared one boundary would be hidden while another of them loads, with their menus closed
 * and the focus lost.
 */
export function onDemand<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  Meanwhile: ComponentType = Nothing,
): ComponentType<Props> {
  const Part: ComponentType<Props> = lazy(load)
  return (props) => <Suspense fallback={<Meanwhile />}>{createElement(Part, props)}</Suspense>
}

function Nothing() {
  return null
}
