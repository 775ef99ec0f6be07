import { type CommentEntity, createId, type Person } from "@nexus/protocol"
import { useMemo } from "react"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Desk } from "../workspace/desk.ts"
import { useDesk } from "../workspace/desk-context.ts"
import {
  addComment,
  editComment,
  removeComment,
  reopenThread,
  resolveThread,
  type Spot,
  type Words,
} from "./comment-acts.ts"
import { commentDesk } from "./comment-desk.ts"

/** What this person does with comments; each is one change that everybody hears of and that can be undone. */
export function useCommentActs() {
  const desk = useDesk()
  return useMemo(() => commentActs(desk), [desk])
}

function commentActs(desk: Desk) {
  const { mirror, user, workspace } = desk
  const self: Person = { id: user.id, name: user.name }
  const titleOf = (scope: string) => mirror.graph.panel(scope)?.properties.title ?? "the canvas"
  return {
    /** Begins a thread and opens it; answers whether it was accepted. */
    async begin(spot: Spot, words: Words): Promise<boolean> {
      const id = createId("comment")
      const done = desk.submit([addComment(id, spot, words, self, Date.now())], `commented on ${titleOf(spot.scope)}`)
      commentDesk.open(id)
      return done
    },
    answer: (thread: string, words: Words) =>
      desk.submit([addComment(createId("comment"), { scope: thread }, words, self, Date.now())], "answered a comment"),
    edit: (comment: string, words: Words) =>
      desk.submit([editComment(comment, words, Date.now())], "changed their comment"),
    async resolve(thread: string) {
      const done = await desk.submit([resolveThread(thread, self, Date.now())], "resolved a thread")
      if (!done) return
      toast({
        tone: "good",
        title: say("Resolved"),
        action: { label: say("Reopen"), run: () => desk.submit([reopenThread(thread)], "reopened a thread") },
      })
    },
    reopen: (thread: string) => desk.submit([reopenThread(thread)], "reopened a thread"),
    async remove(comment: CommentEntity) {
      if (!(await desk.submit([removeComment(comment.id)], "deleted a comment"))) return
      const first = comment.scope === workspace || mirror.graph.panel(comment.scope) !== undefined
      if (first) commentDesk.close()
      toast({ title: say("Comment deleted"), action: { label: say("Undo"), run: () => desk.undo() } })
    },
  }
}
