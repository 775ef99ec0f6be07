import { useReactFlow } from "@xyflow/react"
import { Search, X } from "lucide-react"
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react"
import { moving } from "../../ui/appearance.ts"
import { IconButton } from "../../ui/Button.tsx"
import { say } from "../../words/say.ts"
import { useDesk, usePanels } from "../../workspace/desk-context.ts"
import { studio } from "../../workspace/studio.ts"
import { readPanel } from "../live-panels.ts"
import { type Found, findIn } from "./find-in.ts"

/** Looks for panels by what stands in them; the desk goes along with the list, so that one sees before one chooses. */
export default function FindBar() {
  const desk = useDesk()
  const flow = useReactFlow()
  const panels = usePanels()
  const [words, setWords] = useState("")
  const [at, setAt] = useState(0)
  const list = useId()
  const before = useRef<Element>(undefined)
  // Panels that come, go or are renamed change what is found; values are as they were when the words were typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `panels` is why it is looked for again
  const found = useMemo(() => findIn(desk.mirror.graph, words, readPanel), [desk, words, panels])
  const current = found[Math.min(at, found.length - 1)]

  useEffect(() => {
    before.current = document.activeElement ?? undefined
    return () => {
      if (before.current instanceof HTMLElement) before.current.focus()
    }
  }, [])

  const show = (one: Found | undefined) => {
    if (one) flow.fitView({ nodes: [{ id: one.id }], padding: 0.4, maxZoom: 1, duration: moving(200) })
  }
  const go = (one: Found | undefined) => {
    if (!one) return
    studio.set({ finding: false })
    if (desk.mirror.graph.panel(one.id)) studio.show(one.id)
    else studio.select([one.id])
    show(one)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (step !== 0 && found.length > 0) {
      event.preventDefault()
      const next = (at + step + found.length) % found.length
      setAt(next)
      show(found[next])
    } else if (event.key === "Enter") {
      event.preventDefault()
      go(current)
    } else if (event.key === "Escape") {
      event.preventDefault()
      studio.set({ finding: false })
    }
  }

  return (
    <search className="nx-rise absolute inset-x-0 top-2 z-20 mx-auto flex w-[440px] max-w-[calc(100%-7rem)] phone:max-w-[calc(100%-1rem)] flex-col rounded-sheet border border-line bg-raised shadow-float">
      <div className="flex items-center gap-2 ps-3 pe-1">
        <Search size={15} className="flex-none text-faint" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the person asked to look for something
          autoFocus
          role="combobox"
          aria-label={say("Find on the canvas")}
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-activedescendant={current ? `${list} ${current.id}` : undefined}
          placeholder={say("Find titles, texts and values")}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
          className="h-10 min-w-0 flex-1 bg-transparent text-14 outline-none placeholder:text-faint"
        />
        <span role="status" className="tabular flex-none text-12 text-soft">
          {words.trim()
            ? say("{count, plural, =0 {Nothing} one {# panel} other {# panels}}", { count: found.length })
            : ""}
        </span>
        <IconButton
          label={say("Close the search")}
          icon={<X size={15} />}
          onClick={() => studio.set({ finding: false })}
        />
      </div>
      <div
        id={list}
        role="listbox"
        tabIndex={-1}
        aria-label={say("Found panels")}
        className={found.length > 0 ? "max-h-72 overflow-auto border-line border-t p-1" : "hidden"}
      >
        {found.map((one) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
          <div
            key={one.id}
            id={`${list} ${one.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={one === current}
            onClick={() => go(one)}
            className="cursor-default rounded-[7px] px-2.5 py-1.5 text-13 hover:bg-hover aria-selected:bg-hover"
          >
            <span className="block truncate font-medium">{one.title}</span>
            {one.where === "title" ? null : (
              <span className="block truncate text-12 text-soft">
                {one.name ? `${one.name}: ${one.text}` : one.text}
              </span>
            )}
          </div>
        ))}
      </div>
    </search>
  )
}
