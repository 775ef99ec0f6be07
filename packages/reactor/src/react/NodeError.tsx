import type { ViewNode } from "@nexus/protocol"
import type { ReactNode } from "react"
import type { Places } from "../store/places.ts"
import { InlineError } from "./InlineError.tsx"
import { useNodeMark } from "./node-marks.ts"
import { usePanel } from "./panel-context.ts"
import { word } from "./words.ts"

interface NodeErrorProps {
  readonly node: ViewNode
  readonly places: Places
  readonly messages: readonly string[]
}

/** What stands in the place of a component that cannot be shown, with the way to the line that is at fault. */
export function NodeError({ node, places, messages }: NodeErrorProps): ReactNode {
  const live = usePanel()
  const root = useNodeMark(node, places)
  const { line, column } = rangeOf(node, messages)
  // The inside of a package's component is not in this panel's source.
  const open = places.inside === undefined ? live.wayToLine(line, column) : undefined
  return (
    <InlineError element={node.element} messages={messages} root={root}>
      {open && (
        <>
          {" "}
          <button type="button" className="nx-link" onClick={open}>
            {word("Open line {line}", { line })}
          </button>
        </>
      )}
    </InlineError>
  )
}

/** A message begins with the attribute it is about; one that does not is about the whole component. */
function rangeOf({ attributes, range }: ViewNode, messages: readonly string[]) {
  const name = messages.map((message) => message.slice(0, message.indexOf(":"))).find((name) => name in attributes)
  return attributes[name ?? ""]?.range ?? range
}
