import { isJsonObject, type Json } from "@nexus/protocol"
import { type ReactNode, useEffect, useId, useRef } from "react"
import { format } from "../../expression/format.ts"
import type { ComponentProps } from "../component.ts"
import { usePanel } from "../panel-context.ts"
import { textOf } from "../props.ts"
import { useReadable } from "../use-value.ts"

interface LogLine {
  readonly message: string
  readonly level: string
  readonly at: number | undefined
}

export function Log({ node, props, root }: ComponentProps): ReactNode {
  const heading = useId()
  const box = useRef<HTMLDivElement>(null)
  const live = usePanel()
  const logged = useReadable(live.logs)
  const entries = node.attributes.entries ? props.list("entries") : logged
  const lines = entries.slice(-(props.number("lines") ?? 100)).map(lineOf)
  const label = props.text("label")
  const last = lines.length
  useEffect(() => {
    const element = box.current
    if (element && last > 0) element.scrollTop = element.scrollHeight
  }, [last])
  return (
    <div {...root} className="nx-log">
      {label !== "" && (
        <div className="nx-label" id={heading}>
          {label}
        </div>
      )}
      <div
        ref={box}
        className="nx-log-lines"
        role="log"
        aria-labelledby={label === "" ? undefined : heading}
        aria-label={label === "" ? "Log" : undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        style={{ height: props.number("height") }}
      >
        {lines.length === 0 && <div className="nx-muted">Nothing yet</div>}
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <div key={index} className="nx-log-line" data-level={line.level}>
            {line.at !== undefined && <time>{format(line.at, "HH:mm:ss")}</time>}
            <span>{line.message}</span>
          </div>
        ))}
      </div>
    </div>
  )
}

function lineOf(entry: unknown): LogLine {
  if (!isJsonObject(entry as Json)) return { message: textOf(entry), level: "info", at: undefined }
  const { message, level, at } = entry as { readonly [name: string]: unknown }
  return {
    message: textOf(message ?? entry),
    level: typeof level === "string" ? level : "info",
    at: typeof at === "number" ? at : undefined,
  }
}
