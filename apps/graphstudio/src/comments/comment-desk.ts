import { create } from "zustand"
import type { Spot } from "./comment-acts.ts"

/** What is open of comments on this screen: at most one thread, or one that is being begun. */
interface CommentDesk {
  readonly open: string | undefined
  readonly draft: Spot | undefined
  /** The next click says where a comment goes. */
  readonly placing: boolean
}

const NOTHING: CommentDesk = { open: undefined, draft: undefined, placing: false }

export const useCommentDesk = create<CommentDesk>(() => NOTHING)

export const commentDesk = {
  open: (thread: string) => useCommentDesk.setState({ ...NOTHING, open: thread }),
  draft: (spot: Spot) => useCommentDesk.setState({ ...NOTHING, draft: spot }),
  place: () => useCommentDesk.setState({ ...NOTHING, placing: true }),
  close: () => useCommentDesk.setState(NOTHING),
}
