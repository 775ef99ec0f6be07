import type { PanelDocument } from "@nexus/reactor/language"
import { Plus, Search } from "lucide-react"
import { useMemo, useState } from "react"
import { readCatalogue, searchCatalogue } from "../catalogue/catalogue.ts"
import { Tip } from "../ui/Tip.tsx"
import { sayDeclared } from "../words/declared.ts"
import { say } from "../words/say.ts"
import { startDrag } from "./drag.ts"
import type { DirectActs } from "./use-direct-acts.ts"

interface ComponentListProps {
  readonly document: PanelDocument
  readonly node: string | undefined
  readonly acts: DirectActs
}

/** They mean something only inside of others. */
const INNER: ReadonlySet<string> = new Set(["Else", "Slot", "Tab"])

/** Every component there is, by what it is for: a click puts one beside what is selected, a drag where one points. */
export function ComponentList({ document, node, acts }: ComponentListProps) {
  const [text, setText] = useState("")
  const catalogue = useMemo(() => {
    const brought = [...(document.options.components?.values() ?? [])].map(({ name, doc }) => ({ name, doc }))
    const own = readCatalogue()
    return { own, brought }
  }, [document.options.components])
  const groups = searchCatalogue(catalogue.own, text).map(({ title, entries }) => ({
    title,
    entries: entries.filter(({ name }) => !INNER.has(name)),
  }))
  const wanted = text.trim().toLowerCase()
  const brought = catalogue.brought.filter(({ name }) => name.toLowerCase().includes(wanted))
  const shown = [...groups, { title: say("From packages"), entries: brought }].filter(
    ({ entries }) => entries.length > 0,
  )

  return (
    <section aria-label={say("Add a component")} className="py-2">
      <h4 className="px-4 pb-1 font-medium text-12 text-faint">{say("Add")}</h4>
      <div className="relative mx-4 mb-1">
        <Search size={13} aria-hidden="true" className="absolute start-2 top-2 text-faint" />
        <input
          type="search"
          aria-label={say("Search components")}
          placeholder={say("Search components")}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          className="h-7 w-full rounded-control border border-line bg-surface ps-7 pe-2 text-12 placeholder:text-faint"
        />
      </div>
      {shown.length === 0 ? (
        <p className="px-4 py-2 text-12 text-soft">{say("No component is called that. Try what it is for.")}</p>
      ) : null}
      {shown.map(({ title, entries }) => (
        <div key={title} className="px-4 pt-1.5">
          <h5 className="pb-1 text-12 text-faint">{title}</h5>
          <ul className="flex flex-wrap gap-1">
            {entries.map(({ name, doc }) => (
              <li key={name}>
                <Tip label={sayDeclared(doc)} side="left">
                  <button
                    type="button"
                    aria-label={say("Add {name}", { name })}
                    onClick={() => acts.addHere(name, node)}
                    onPointerDown={(event) => {
                      if (event.button !== 0) return
                      startDrag(event, { kind: "new", name }, (place) => acts.add(name, place))
                    }}
                    className="flex h-7 touch-none items-center gap-1 rounded-[7px] border border-line bg-surface px-2 text-12 hover:border-accent hover:bg-accent-soft"
                  >
                    <Plus size={11} aria-hidden="true" className="text-faint" />
                    <span translate="no">{name}</span>
                  </button>
                </Tip>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
