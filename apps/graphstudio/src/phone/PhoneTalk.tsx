import { useEffect } from "react"
import { Composer } from "../comments/Composer.tsx"
import { commentDesk, useCommentDesk } from "../comments/comment-desk.ts"
import { ThreadCard } from "../comments/ThreadCard.tsx"
import { useCommentActs } from "../comments/use-comment-acts.ts"
import { useThreads } from "../comments/use-threads.ts"
import { BottomSheet } from "../ui/BottomSheet.tsx"
import { say } from "../words/say.ts"
import { useDesk, usePanelPart } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"

/** What was said about one panel, and the next word. A phone has no room for pins, and its panels lie otherwise. */
export default function PhoneTalk() {
  const { workspace } = useDesk()
  const { open, draft, placing } = useCommentDesk()
  const filling = useStudio((state) => state.filling)
  const threads = useThreads()
  const acts = useCommentActs()
  const scope = draft?.scope ?? threads.find(({ id }) => id === open)?.first.scope ?? ""
  const title = usePanelPart(scope, (panel) => panel?.properties.title)
  useEffect(() => {
    // On the canvas a tap says where; what lies over it goes.
    if (placing && filling === undefined) studio.set({ drawer: undefined })
    else if (placing) commentDesk.draft({ scope: filling || workspace })
  }, [placing, filling, workspace])
  if (open === undefined && draft === undefined) return null
  const here = threads.filter(({ id, first }) => first.scope === scope && (!first.properties.resolved || id === open))
  const shown = open === undefined ? here : here.filter(({ id }) => id === open)
  const about = title === undefined ? say("On the canvas") : say("On {title}", { title })
  return (
    <BottomSheet title={about} onClose={commentDesk.close}>
      <div className="flex flex-col gap-3 pt-1">
        {shown.map((thread) => (
          <div key={thread.id} className="overflow-hidden rounded-sheet border border-line bg-surface">
            <ThreadCard thread={thread} about={say("Comments")} focused={false} />
          </div>
        ))}
        {draft ? (
          <Composer
            label={say("What do you want to say?")}
            action={say("Comment")}
            about={draft.scope}
            focused={shown.length === 0}
            onSend={(words) => acts.begin(draft, words)}
          />
        ) : null}
      </div>
    </BottomSheet>
  )
}
