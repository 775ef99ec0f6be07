import { isComment } from "@nexus/protocol"
import { useEffect } from "react"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { useMarksOf } from "./read-marks.ts"
import { showThread } from "./show-thread.ts"
import { calls } from "./threads.ts"

/** Tells this person at once when somebody calls them. */
export function useMentionNews(): void {
  const { mirror, user, workspace } = useDesk()
  useMarksOf(workspace, user.id)
  useEffect(
    () =>
      mirror.onTouched((_, change) => {
        for (const operation of change?.operations ?? []) {
          const entity = operation.kind === "entity_add" ? operation.entity : undefined
          if (!isComment(entity) || !calls(entity, user.id) || entity.properties.putBackBy) continue
          const { author, text } = entity.properties
          toast({
            title: say("{name} mentioned you", { name: author.name }),
            detail: text,
            action: { label: say("Show"), run: () => showThread(mirror.graph, entity.id) },
          })
        }
      }),
    [mirror, user.id],
  )
}
