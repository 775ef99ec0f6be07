import { type Section, sectionsOf } from "@nexus/protocol"
import { useRef, useSyncExternalStore } from "react"
import { useDesk } from "../workspace/desk-context.ts"
import { sameFrame } from "./panel-nodes.ts"

/** The sections in reading order; paints when one came, went, moved or was renamed. */
export function useSections(): readonly Section[] {
  const { mirror, watchEntities } = useDesk()
  const kept = useRef<readonly Section[]>([])
  return useSyncExternalStore(watchEntities, () => {
    const sections = sectionsOf(mirror.graph)
    const same =
      sections.length === kept.current.length && sections.every((one, i) => sameSection(one, kept.current[i]))
    if (!same) kept.current = sections
    return kept.current
  })
}

function sameSection(a: Section, b: Section | undefined): boolean {
  return a.id === b?.id && a.name === b.name && sameFrame(a.frame, b.frame)
}
