import { useMemo } from "react"
import { usePanelDocument } from "../direct/panel-document.ts"
import { say } from "../words/say.ts"
import { studio } from "../workspace/studio.ts"
import { usesOf } from "./uses-of.ts"

interface ValueUsesProps {
  readonly panel: string
  readonly kind: "State" | "Computed" | "Import"
  readonly name: string
}

/** Where a value is used: a component is shown on the panel, and every place leads to its line. */
export default function ValueUses({ panel, kind, name }: ValueUsesProps) {
  const document = usePanelDocument(panel)
  const uses = useMemo(() => usesOf(document, kind, name), [document, kind, name])
  if (uses.length === 0) return <p className="text-12 text-soft">{say("Nothing uses it yet.")}</p>
  return (
    <ul aria-label={say("Where {name} is used", { name })} className="border-line border-s ps-2">
      {uses.map(({ line, column, offset, where, writes, node }) => (
        <li key={offset} className="flex items-baseline gap-1.5 py-0.5 text-12">
          {node === undefined ? (
            <span className="min-w-0 truncate">{where}</span>
          ) : (
            <button
              type="button"
              title={say("Show it on the panel")}
              onClick={() => studio.direct(panel, node, document.source)}
              className="min-w-0 truncate text-accent hover:underline"
            >
              {where}
            </button>
          )}
          <span className="text-faint">{writes ? say("writes it") : say("reads it")}</span>
          <button
            type="button"
            title={say("Open the source there")}
            onClick={() => studio.edit(panel, { line, column })}
            className="tabular ms-auto flex-none rounded-[5px] px-1 font-medium text-accent hover:bg-accent-soft"
          >
            {say("line {line}", { line: String(line) })}
          </button>
        </li>
      ))}
    </ul>
  )
}
