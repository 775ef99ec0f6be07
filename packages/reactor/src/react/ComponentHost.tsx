import type { ViewNode } from "@nexus/protocol"
import { memo, type ReactNode } from "react"
import type { Origin } from "../store/graph-signals.ts"
import type { Places } from "../store/places.ts"
import type { RootAttributes } from "./component.ts"
import { ErrorBoundary } from "./ErrorBoundary.tsx"
import { NodeError } from "./NodeError.tsx"
import { useNodeMark } from "./node-marks.ts"
import { usePainting } from "./panel-context.ts"
import { StaleMark } from "./StaleMark.tsx"
import { useProps } from "./use-props.ts"

interface ComponentHostProps {
  readonly node: ViewNode
  readonly places: Places
}

/** One component of the View: evaluates its attributes and paints it, or says at its place what went wrong. */
export const ComponentHost = memo(function ComponentHost(given: ComponentHostProps): ReactNode {
  return (
    <ErrorBoundary instead={(message) => <NodeError {...given} messages={[message]} />}>
      <Painted {...given} />
    </ErrorBoundary>
  )
})

function Painted({ node, places }: ComponentHostProps): ReactNode {
  const { componentOf } = usePainting()
  const { props, errors, touched, stale } = useProps(node, places)
  const mark = useNodeMark(node, places)
  if (errors.length > 0) return <NodeError node={node} places={places} messages={errors} />
  const Component = componentOf(node.element)
  const id = props.text("id")
  const root: RootAttributes = {
    ...(id === "" ? {} : { "data-nx-id": id }),
    ...(touched?.fresh ? { "data-changed-by": touched.origin.name } : {}),
    ...(touched ? { title: storyOf(touched.origin) } : {}),
    ...mark,
  }
  const painted = <Component node={node} places={places} props={props} root={root} />
  if (stale.length === 0) return painted
  return (
    <>
      {painted}
      <StaleMark stale={stale} />
    </>
  )
}

/** "Grace · added Basil · 12:03", shown while the pointer rests on the value. */
function storyOf({ name, reason, at }: Origin): string {
  return `${name} · ${reason} · ${new Date(at).toLocaleTimeString([], { timeStyle: "short" })}`
}
