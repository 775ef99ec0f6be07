import type { CommentEntity } from "@nexus/protocol"
import { useMemo, useRef, useSyncExternalStore } from "react"
import { useDesk } from "../workspace/desk-context.ts"
import { useReadMarks } from "./read-marks.ts"
import { commentsIn, type Thread, toThreads, unreadMentions } from "./threads.ts"

/** All comments here; paints when one came, went or changed, not when panels move. */
export function useComments(): readonly CommentEntity[] {
  const { mirror, watchEntities } = useDesk()
  const kept = useRef<readonly CommentEntity[]>([])
  return useSyncExternalStore(watchEntities, () => {
    const comments = commentsIn(mirror.graph)
    const same = comments.length === kept.current.length && comments.every((one, index) => one === kept.current[index])
    if (!same) kept.current = comments
    return kept.current
  })
}

export function useThreads(): readonly Thread[] {
  const { mirror } = useDesk()
  const comments = useComments()
  return useMemo(() => toThreads(comments, mirror.graph), [comments, mirror])
}

/** Comments that call this person and were not looked at here. */
export function useUnreadMentions(): readonly CommentEntity[] {
  const { user } = useDesk()
  const comments = useComments()
  const read = useReadMarks((state) => state.read)
  return useMemo(() => unreadMentions(comments, user.id, read), [comments, user.id, read])
}
