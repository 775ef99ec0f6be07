import { applyEdits, type EditPlace, type PanelDocument, setAttribute } from "@nexus/reactor/language"
import { useMemo } from "react"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Desk } from "../workspace/desk.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { createBegunValues } from "./begun.ts"
import { editSource } from "./edit-source.ts"
import {
  type AddPlace,
  adding,
  duplicating,
  type Making,
  moving,
  removing,
  shifting,
  unwrapping,
  usualPlace,
  type WRAPPERS,
  wrapping,
} from "./made.ts"
import { documentOf } from "./panel-document.ts"
import { sameComponent } from "./use-followed.ts"

export type DirectActs = ReturnType<typeof createDirectActs>

/** What a person can do with the components of one panel; every act is one change, and can be undone. */
export function useDirectActs(panel: string): DirectActs {
  const desk = useDesk()
  return useMemo(() => createDirectActs(desk, panel), [desk, panel])
}

function createDirectActs(desk: Desk, panel: string) {
  const read = () => documentOf(desk, desk.mirror.graph.panel(panel)?.properties.source ?? "")
  const begun = createBegunValues(`properties.${desk.workspace}.${panel}`, (source) => documentOf(desk, source))
  const title = () => desk.mirror.graph.panel(panel)?.properties.title ?? ""

  const make = (making: Making, what: string) => {
    const document = read()
    const made = making(document)
    if (typeof made === "string") {
      toast({ tone: "wrong", title: say("That does not fit there"), detail: made })
      return
    }
    if (made.edits.length === 0) return
    const { source } = document
    void editSource(desk, {
      panel,
      source,
      edits: made.edits,
      reason: say("{what} in {title}", { what, title: title() }),
    })
    studio.direct(panel, made.node, applyEdits(source, made.edits))
  }

  return {
    begun,
    /** Writes or takes away a property of a node of `shown`; a sentence where the text would not work then. */
    set(shown: PanelDocument, node: string, name: string, value: string | undefined): string | undefined {
      const document = read()
      const here = sameComponent(shown, document, node)
      if (here === undefined) return say("Somebody took this component away meanwhile.")
      const edits = setAttribute(document, { node: here }, name, value)
      if (typeof edits === "string") return edits
      const { source } = document
      const reason = `set ${name} in ${title()}`
      begun.keep(document, here, name, undefined)
      editSource(desk, { panel, source, edits, reason, group: `${panel} ${here} ${name}` }).then((kept) => {
        if (!kept) begun.keep(document, here, name, value)
      })
      return undefined
    },
    add(name: string, place: AddPlace) {
      const others = [...desk.mirror.graph.panels()].filter(({ id }) => id !== panel)
      make(
        adding(
          name,
          place,
          others.map(({ properties }) => properties.title),
        ),
        `added ${name}`,
      )
    },
    /** Where it goes when nobody points at a place: beside or into what is selected. */
    addHere(name: string, node: string | undefined) {
      this.add(name, usualPlace(read(), node))
    },
    move: (node: string, place: EditPlace) => make(moving(node, place), "moved a component"),
    shift: (node: string, by: -1 | 1) => make(shifting(node, by), "moved a component"),
    duplicate: (node: string) => make(duplicating(node), "duplicated a component"),
    remove(node: string) {
      make(removing(node), "removed a component")
      toast({ title: say("Removed the component"), action: { label: say("Undo"), run: () => desk.undo() } })
    },
    wrap: (node: string, around: (typeof WRAPPERS)[number]) =>
      make(wrapping(node, around), `put a ${around.name} around a component`),
    unwrap: (node: string) => make(unwrapping(node), "took a component away from around others"),
    undo: () => desk.undo(),
    redo: () => desk.redo(),
  }
}
