import { type NodeProps, NodeResizer } from "@xyflow/react"
import { type FormEvent, memo, useState } from "react"
import { say } from "../../words/say.ts"
import { useDesk, useMayEdit } from "../../workspace/desk-context.ts"
import { studio, useStudio } from "../../workspace/studio.ts"
import type { SectionNode } from "../section-nodes.ts"

/** A named area under the panels. Its bar moves it with all that lies in it; a double click or Enter renames it. */
export const SectionArea = memo(function SectionArea({ id, data: { name }, selected }: NodeProps<SectionNode>) {
  const desk = useDesk()
  const editable = useMayEdit()
  const naming = useStudio((state) => state.naming === id)
  const [draft, setDraft] = useState(name)
  const begin = () => {
    if (!editable) return
    setDraft(name)
    studio.set({ naming: id })
  }
  const save = (event?: FormEvent) => {
    event?.preventDefault()
    studio.set({ naming: undefined })
    const wanted = draft.trim().slice(0, 200)
    if (wanted && wanted !== name)
      desk.submit([{ kind: "entity_set", id, name: wanted }], `renamed ${name} to ${wanted}`)
  }
  return (
    <>
      <NodeResizer
        isVisible={selected && editable}
        minWidth={200}
        minHeight={120}
        lineClassName="nx-resize-line"
        handleClassName="nx-resize-handle"
      />
      <section aria-label={name} data-selected={selected || undefined} className="nx-section">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the palette and Enter rename it too */}
        <header className="nx-section-bar" onDoubleClick={begin}>
          {naming ? (
            <form onSubmit={save} className="nodrag min-w-0 flex-1">
              <input
                // biome-ignore lint/a11y/noAutofocus: the person asked to rename it
                autoFocus
                aria-label={say("Name of the section")}
                value={draft}
                maxLength={200}
                onFocus={(event) => event.currentTarget.select()}
                onChange={(event) => setDraft(event.currentTarget.value)}
                onBlur={() => save()}
                onKeyDown={(event) => {
                  event.stopPropagation()
                  if (event.key === "Escape") studio.set({ naming: undefined })
                }}
                className="h-7 w-full rounded-control border border-line-strong bg-surface px-2 font-medium text-14"
              />
            </form>
          ) : (
            <h3 className="min-w-0 truncate font-medium text-14">{name}</h3>
          )}
        </header>
      </section>
    </>
  )
})
