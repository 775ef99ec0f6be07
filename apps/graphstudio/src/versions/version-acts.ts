import {
  type Change,
  type CommitSummary,
  endpoints,
  type MergeAnswer,
  type MergeChoice,
  type MergeConflict,
} from "@nexus/protocol"
import { create } from "zustand"
import { sentence } from "../connect/sentence.ts"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import type { Desk } from "../workspace/desk.ts"
import { takeBack } from "../workspace/take-back.ts"
import { noteCommit } from "./history.ts"

/** A merge that waits for a person's choices: what is asked, and how to go on with the answers. */
interface Resolving {
  readonly title: string
  readonly conflicts: readonly MergeConflict[]
  readonly goOn: (choices: readonly MergeChoice[]) => Promise<MergeAnswer>
  readonly done: (answer: MergeAnswer) => void
}

interface Opened {
  readonly resolving: Resolving | undefined
  readonly comparing: { readonly from: string; readonly to?: string; readonly title: string } | undefined
  readonly naming: { readonly kind: "branch" | "tag"; readonly from?: string } | undefined
  /** The version for which another is looked for, to be compared with. */
  readonly choosing: CommitSummary | undefined
}

export const NOTHING_OPENED: Opened = {
  resolving: undefined,
  comparing: undefined,
  naming: undefined,
  choosing: undefined,
}

/** What is open over the drawer of versions; it goes with the drawer, and so with the workspace. */
export const useOpened = create<Opened>(() => NOTHING_OPENED)

/** Opens what differs between two versions, from the older to the newer. */
export function compareTwo(one: CommitSummary, other: CommitSummary): void {
  const [older, newer] = one.at <= other.at ? [one, other] : [other, one]
  const titleOf = ({ message }: CommitSummary) => message.split("\n")[0] ?? ""
  useOpened.setState({
    choosing: undefined,
    comparing: {
      from: older.id,
      to: newer.id,
      title: say("From “{was}” to “{is}”", { was: titleOf(older), is: titleOf(newer) }),
    },
  })
}

/** Does an act whose answer may carry a change, tells what happened, and offers to take it back. */
async function act<Answer extends { readonly change?: Change | undefined }>(
  desk: Desk,
  wrong: string,
  work: () => Promise<Answer>,
  title: (answer: Answer) => string,
): Promise<void> {
  const before = desk.mirror.graph.fork()
  try {
    const answer = await work()
    noteCommit()
    tell(desk, before, answer.change, title(answer))
  } catch (cause) {
    toast({ tone: "wrong", title: wrong, detail: sentence(cause) })
  }
}

function tell(desk: Desk, before: Desk["mirror"]["graph"], change: Change | undefined, title: string): void {
  const back = change && takeBack(before, change)
  if (!back) {
    toast({ tone: "good", title })
    return
  }
  const undo = () => desk.submit(back, `took back: ${change.cause.reason}`.slice(0, 400)).then(noteCommit)
  toast({ tone: "good", title, action: { label: say("Undo"), run: undo } })
}

export function switchTo(desk: Desk, branch: string): Promise<void> {
  const body = { workspace: desk.workspace, branch }
  return act(
    desk,
    say("Still on the old branch"),
    () => desk.api.call(endpoints.switchBranch, { body }),
    ({ saved }) =>
      saved
        ? say("On {branch}; what was not committed was committed first", { branch })
        : say("On {branch}", { branch }),
  )
}

export function checkOut(desk: Desk, ref: string, message: string): Promise<void> {
  const body = { workspace: desk.workspace, ref }
  return act(
    desk,
    say("That version was not checked out"),
    () => desk.api.call(endpoints.checkoutWorkspace, { body }),
    ({ change }) =>
      change ? say("Checked out “{message}”", { message }) : say("The workspace is already as it was then"),
  )
}

/** Merges, or opens what is asked first. */
export function merge(desk: Desk, from: string): Promise<void> {
  const body = { workspace: desk.workspace, from }
  return settle(desk, say("Merge {from}", { from }), say("{from} was not merged", { from }), (choices) =>
    desk.api.call(endpoints.mergeBranch, { body: { ...body, choices: [...choices] } }),
  )
}

export function revert(desk: Desk, commit: string, message: string): Promise<void> {
  const body = { workspace: desk.workspace, commit }
  return settle(desk, say("Take back “{message}”", { message }), say("That version was not taken back"), (choices) =>
    desk.api.call(endpoints.revertCommit, { body: { ...body, choices: [...choices] } }),
  )
}

export function pull(desk: Desk, remote: string): Promise<void> {
  const body = { workspace: desk.workspace, remote }
  return settle(desk, say("Pull from {remote}", { remote }), say("{remote} was not pulled", { remote }), (choices) =>
    desk.api.call(endpoints.pullBranch, { body: { ...body, choices: [...choices] } }),
  )
}

async function settle(
  desk: Desk,
  title: string,
  wrong: string,
  goOn: (choices: readonly MergeChoice[]) => Promise<MergeAnswer>,
): Promise<void> {
  let before = desk.mirror.graph.fork()
  const done = (answer: MergeAnswer) => {
    noteCommit()
    if (answer.status === "conflicts")
      useOpened.setState({ resolving: { title, conflicts: answer.conflicts, goOn: again, done } })
    else tell(desk, before, "change" in answer ? answer.change : undefined, WORDS[answer.status](title))
  }
  const chosen = new Map<string, MergeChoice>()
  const again = (choices: readonly MergeChoice[]) => {
    before = desk.mirror.graph.fork()
    // What was answered before stays answered when the answers together ask something new.
    for (const choice of choices) chosen.set(choice.token, choice)
    return goOn([...chosen.values()])
  }
  try {
    done(await goOn([]))
  } catch (cause) {
    toast({ tone: "wrong", title: wrong, detail: sentence(cause) })
  }
}

const WORDS = {
  merged: (title: string) => say("{title}: done", { title }),
  forwarded: (title: string) => say("{title}: done, nothing was in its way", { title }),
  "up-to-date": (title: string) => say("{title}: everything of it is here already", { title }),
} as const
