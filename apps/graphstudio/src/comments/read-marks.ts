import { useEffect } from "react"
import { create } from "zustand"

/**
 * Which comments were on screen, kept on this device by person and workspace. In the graph they would be a change for
 * every glance, told to everybody and kept for good; so another device shows them as unread again.
 */
interface ReadMarks {
  readonly key: string
  readonly read: ReadonlySet<string>
}

const MOST = 2000

export const useReadMarks = create<ReadMarks>(() => ({ key: "", read: new Set() }))

/** Takes up the marks of this person here. */
export function useMarksOf(workspace: string, user: string): void {
  useEffect(() => {
    const key = `nexus.read.${workspace}.${user}`
    useReadMarks.setState({ key, read: new Set(parseIds(localStorage.getItem(key))) })
  }, [workspace, user])
}

export function markRead(ids: readonly string[]): void {
  const { key, read } = useReadMarks.getState()
  const fresh = ids.filter((id) => !read.has(id))
  if (fresh.length === 0 || key === "") return
  const kept = [...read, ...fresh].slice(-MOST)
  useReadMarks.setState({ read: new Set(kept) })
  localStorage.setItem(key, JSON.stringify(kept))
}

function parseIds(text: string | null): readonly string[] {
  try {
    const ids: unknown = JSON.parse(text ?? "[]")
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : []
  } catch {
    return []
  }
}
