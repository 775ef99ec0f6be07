import type { Handler, Panel } from "@nexus/protocol"
import { SquareFunction } from "lucide-react"
import { useState } from "react"
import { readPanel } from "../canvas/live-panels.ts"
import { LineLink } from "../log/LineLink.tsx"
import { Empty } from "../ui/Empty.tsx"
import { say } from "../words/say.ts"
import { usePanelPart } from "../workspace/desk-context.ts"
import { HandlerRunner } from "./HandlerRunner.tsx"

/** What a panel can do: each handler with what sets it off, to be run from here with arguments of one's own. */
export default function HandlersTab({ panel: id }: { readonly panel: string }) {
  const panel = readPanel(usePanelPart(id, (entity) => entity?.properties.source ?? ""))
  const [open, setOpen] = useState<string>()
  if (!panel) return null
  if (panel.handlers.length === 0) {
    return (
      <Empty icon={<SquareFunction size={24} />} title={say("It does nothing yet")}>
        {say("Write a Handler in its Logic, and it can be run and watched here.")}
      </Empty>
    )
  }
  const opened = open ?? (panel.handlers.length === 1 ? panel.handlers[0]?.name : undefined)
  return (
    <ul aria-label={say("Handlers")} className="py-2">
      {panel.handlers.map((handler) => (
        <li key={handler.name} className="border-line border-b last:border-b-0">
          <div className="flex items-baseline gap-2 px-4 py-2">
            <button
              type="button"
              aria-expanded={opened === handler.name}
              onClick={() => setOpen(opened === handler.name ? "" : handler.name)}
              className="min-w-0 flex-1 text-start"
            >
              <span className="block truncate font-medium font-mono text-13">{handler.name}</span>
              <span className="block text-12 text-soft">{setOffBy(panel, handler)}</span>
            </button>
            <LineLink panel={id} line={handler.range.line} />
          </div>
          {opened === handler.name ? <HandlerRunner id={id} panel={panel} handler={handler} /> : null}
        </li>
      ))}
    </ul>
  )
}

/** What runs it without anybody here. */
function setOffBy(panel: Panel, { name }: Handler): string {
  const tool = panel.tools.find(({ handler }) => handler === name)
  const on = panel.lifecycles.filter(({ run }) => run === name).map((lifecycle) => WHEN[lifecycle.on])
  if (tool) on.push(say("as the tool {name}", { name: tool.name }))
  return on.length > 0 ? say("Runs {when}", { when: on.join(", ") }) : say("Runs when an event calls it")
}

const WHEN = {
  mount: say("when the panel is opened"),
  unmount: say("when the panel is closed"),
  change: say("when a value changes"),
  schedule: say("on a schedule"),
} as const
