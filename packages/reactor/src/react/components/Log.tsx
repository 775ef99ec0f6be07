import { type ReactNode, useId, useMemo, useState } from "react"
import { format } from "../../expression/format.ts"
import type { ComponentProps } from "../component.ts"
import { isAtLeast, LEVELS, type Level, levelOf, logLineOf } from "../log/log-lines.ts"
import { useFollow } from "../log/use-follow.ts"
import { usePanel } from "../panel-context.ts"
import { useReadable } from "../use-value.ts"
import { word } from "../words.ts"

const NAMES: { readonly [level in Level]: () => string } = {
  debug: () => word("All lines"),
  info: () => word("Info and graver"),
  warn: () => word("Warnings and errors"),
  error: () => word("Errors"),
}

function newestInWords(unread: number): string {
  if (unread === 0) return word("Newest ↓")
  return unread === 1 ? word("1 new line ↓") : word("{count} new lines ↓", { count: format(unread, undefined) })
}

/** Lines in order of time; the newest stay in sight unless one scrolls up to read. */
export function Log({ node, props, root }: ComponentProps): ReactNode {
  const heading = useId()
  const live = usePanel()
  const logged = useReadable(live.logs)
  const given = props.raw("entries")
  const entries = node.attributes.entries ? (Array.isArray(given) ? given : []) : logged
  const [least, setLeast] = useState<Level>()
  const level = least ?? levelOf(props.choice("level"))
  const most = Math.max(1, props.number("lines") ?? 100)
  const lines = useMemo(() => entries.map(logLineOf).filter((line) => isAtLeast(line, level)), [entries, level])
  const follow = useFollow(lines.length)
  const shown = lines.slice(-most)
  const label = props.text("label")
  const chooses = props.flag("filter")
  return (
    <div {...root} className="nx-log">
      {(label !== "" || chooses) && (
        <div className="nx-log-bar">
          <div className="nx-label" id={heading}>
            {label}
          </div>
          {chooses && (
            <select
              className="nx-input nx-log-filter"
              aria-label={label === "" ? word("Which lines") : word("Which lines of {label}", { label })}
              value={level}
              onChange={(event) => setLeast(levelOf(event.target.value))}
            >
              {LEVELS.map((one) => (
                <option key={one} value={one}>
                  {NAMES[one]()}
                </option>
              ))}
            </select>
          )}
        </div>
      )}
      <div className="nx-log-frame">
        <div
          ref={follow.box}
          className="nx-log-lines"
          role="log"
          aria-labelledby={label === "" ? undefined : heading}
          aria-label={label === "" ? word("Log") : undefined}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
          style={{ height: props.number("height") }}
          onScroll={follow.onScroll}
        >
          {shown.length === 0 && (
            <div className="nx-muted">{word(entries.length === 0 ? "Nothing yet" : "Nothing this grave")}</div>
          )}
          {shown.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place among all lines, so a new one paints no other
            <div key={lines.length - shown.length + index} className="nx-log-line" data-level={line.level}>
              {line.at !== undefined && (
                <time dateTime={new Date(line.at).toISOString()}>{format(line.at, "HH:mm:ss")}</time>
              )}
              {line.level !== "info" && <span className="nx-log-level">{line.level}</span>}
              <span className="nx-log-message">{line.message}</span>
            </div>
          ))}
        </div>
        {!follow.follows && (
          <button type="button" className="nx-tool nx-log-follow" onClick={follow.follow}>
            {newestInWords(follow.unread)}
          </button>
        )}
      </div>
    </div>
  )
}
