import type { CommitSummary } from "@nexus/protocol"
import { Ellipsis, GitCommitHorizontal, RotateCcw } from "lucide-react"
import { lazy, Suspense } from "react"
import { ago, instant } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { IconButton } from "../ui/Button.tsx"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Menu } from "../ui/Menu.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { AutoCommitForm } from "./AutoCommitForm.tsx"
import { BranchBar } from "./BranchBar.tsx"
import { useCommitHistory } from "./history.ts"
import { Named } from "./Named.tsx"
import { OldPatches } from "./OldPatches.tsx"
import { RemotesForm } from "./RemotesForm.tsx"
import { checkOut, revert, useOpened } from "./version-acts.ts"

const DiffDialog = lazy(() => import("./DiffDialog.tsx"))
const MergeDialog = lazy(() => import("./MergeDialog.tsx"))
const NameDialog = lazy(() => import("./NameDialog.tsx"))

/** The branch one is on, its commits and the way back to each of them, and all that one does with versions. */
export default function VersionsDrawer() {
  const editable = useMayEdit()
  const { value: commits, error } = useCommitHistory()
  return (
    <>
      <Drawer title="Versions" name="versions" side="left" onClose={() => studio.set({ drawer: undefined })}>
        <BranchBar editable={editable} />
        {error ? (
          <Notice tone="wrong" className="m-3">
            {error}
          </Notice>
        ) : null}
        {!commits && !error ? <Skeleton lines={5} label="Loading versions" /> : null}
        {commits?.length === 0 ? (
          <Empty icon={<GitCommitHorizontal size={24} />} title="No version yet">
            Commit when the workspace is worth coming back to. Every version is a Git commit.
          </Empty>
        ) : null}
        <ol aria-label="History" className="py-1">
          {commits?.map((commit, index) => (
            <Version key={commit.id} commit={commit} newest={index === 0} editable={editable} />
          ))}
        </ol>
        <OldPatches editable={editable} />
        <Named editable={editable} />
        <RemotesForm editable={editable} />
        <AutoCommitForm editable={editable} />
      </Drawer>
      <Suspense fallback={null}>
        <Dialogs />
      </Suspense>
    </>
  )
}

function Dialogs() {
  const { resolving, comparing, naming } = useOpened()
  return (
    <>
      {resolving ? <MergeDialog key={resolving.conflicts.map(({ token }) => token).join()} {...resolving} /> : null}
      {naming ? <NameDialog {...naming} /> : null}
      {comparing ? <DiffDialog {...comparing} /> : null}
    </>
  )
}

interface VersionProps {
  readonly commit: CommitSummary
  readonly newest: boolean
  readonly editable: boolean
}

function Version({ commit, newest, editable }: VersionProps) {
  const desk = useDesk()
  const subject = commit.message.split("\n")[0] ?? ""
  const [parent] = commit.parents
  const goBack = async () => {
    const yes = await confirm({
      title: `Go back to “${subject}”?`,
      text: "Every panel and its state become as they were in that version, for everybody here. It is one change, and you can undo it.",
      action: "Check out",
    })
    if (yes) await checkOut(desk, commit.id, subject)
  }
  const takeBack = async () => {
    const yes = await confirm({
      title: `Take back “${subject}”?`,
      text: "What this version changed is undone, and everything since stays. Where both changed the same, you are asked.",
      action: "Take back",
    })
    if (yes) await revert(desk, commit.id, subject)
  }
  const items = [
    {
      label: "Compare with now",
      run: () => useOpened.setState({ comparing: { from: commit.id, title: `Since “${subject}”` } }),
    },
    ...(parent
      ? [
          {
            label: "What it changed",
            run: () =>
              useOpened.setState({ comparing: { from: parent, to: commit.id, title: `“${subject}” changed` } }),
          },
        ]
      : []),
    ...(editable
      ? [
          { label: "Branch from here", run: () => useOpened.setState({ naming: { kind: "branch", from: commit.id } }) },
          { label: "Tag it", run: () => useOpened.setState({ naming: { kind: "tag", from: commit.id } }) },
          "line" as const,
          { label: "Take back this version", disabled: parent === undefined, run: takeBack },
        ]
      : []),
  ]
  return (
    <li className="group relative flex items-start gap-3 px-4 py-2.5 hover:bg-hover">
      <span
        aria-hidden="true"
        className={`mt-1.5 size-2.5 flex-none border-2 border-accent bg-raised ${commit.parents.length > 1 ? "rotate-45" : "rounded-full"}`}
      />
      <div className="min-w-0 flex-1">
        <p className="whitespace-pre-line font-medium text-13 [overflow-wrap:anywhere]">{commit.message}</p>
        <p className="text-12 text-soft" title={instant(commit.at)}>
          {[commit.author, ...(commit.persons ?? [])].join(", ")} · {ago(commit.at, Date.now())} ·{" "}
          <span className="font-mono">{commit.id.slice(0, 7)}</span>
          {commit.parents.length > 1 ? <span className="ml-1.5 rounded-full bg-sunken px-1.5">merge</span> : null}
          {newest ? <span className="ml-1.5 rounded-full bg-accent-soft px-1.5 text-accent">latest</span> : null}
        </p>
      </div>
      {editable ? (
        <IconButton small label={`Check out ${subject}`} icon={<RotateCcw size={14} />} onClick={goBack} />
      ) : null}
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            aria-label={`More about ${subject}`}
            className="grid size-6 flex-none place-items-center rounded-[6px] text-soft hover:bg-hover hover:text-ink"
          >
            <Ellipsis size={15} />
          </button>
        }
        items={items}
      />
    </li>
  )
}
