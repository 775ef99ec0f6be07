import { type CommitSummary, endpoints } from "@nexus/protocol"
import { GitCommitHorizontal, RotateCcw } from "lucide-react"
import { sentence } from "../connect/sentence.ts"
import { ago, instant } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { useDesk, useMayEdit } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { takeBack } from "../workspace/take-back.ts"
import { useCommitHistory } from "./history.ts"

/** The commits of this workspace, and the way back to each of them. */
export default function VersionsDrawer() {
  const editable = useMayEdit()
  const { commits, error } = useCommitHistory()
  return (
    <Drawer title="Versions" name="versions" side="left" onClose={() => studio.set({ drawer: undefined })}>
      {editable ? (
        <div className="border-line border-b p-3">
          <Button
            className="w-full"
            icon={<GitCommitHorizontal size={15} />}
            onClick={() => studio.set({ committing: true })}
          >
            New version
          </Button>
        </div>
      ) : null}
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
    </Drawer>
  )
}

interface VersionProps {
  readonly commit: CommitSummary
  readonly newest: boolean
  readonly editable: boolean
}

function Version({ commit, newest, editable }: VersionProps) {
  const desk = useDesk()
  const checkout = async () => {
    const yes = await confirm({
      title: `Go back to “${commit.message}”?`,
      text: "Every panel and its state become as they were in that version, for everybody here. It is one change, and you can undo it.",
      action: "Check out",
    })
    if (!yes) return
    const before = desk.mirror.graph.fork()
    try {
      const body = { workspace: desk.workspace, ref: commit.id }
      const { change } = await desk.api.call(endpoints.checkoutWorkspace, { body })
      if (!change) {
        toast({ title: "Nothing to change", detail: "The workspace is already as it was then." })
        return
      }
      const back = takeBack(before, change)
      const title = `Checked out “${commit.message}”`
      if (!back) return toast({ tone: "good", title })
      const undo = () => desk.submit(back, `took back the checkout of ${commit.id.slice(0, 7)}`)
      toast({ tone: "good", title, action: { label: "Undo", run: undo } })
    } catch (cause) {
      toast({ tone: "wrong", title: "That version was not checked out", detail: sentence(cause) })
    }
  }
  return (
    <li className="group relative flex items-start gap-3 px-4 py-2.5 hover:bg-hover">
      <span aria-hidden="true" className="mt-1.5 size-2.5 flex-none rounded-full border-2 border-accent bg-raised" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-13 [overflow-wrap:anywhere]">{commit.message}</p>
        <p className="text-12 text-soft" title={instant(commit.at)}>
          {commit.author} · {ago(commit.at, Date.now())} · <span className="font-mono">{commit.id.slice(0, 7)}</span>
          {newest ? <span className="ml-1.5 rounded-full bg-accent-soft px-1.5 text-accent">latest</span> : null}
        </p>
      </div>
      {editable ? (
        <IconButton small label={`Check out ${commit.message}`} icon={<RotateCcw size={14} />} onClick={checkout} />
      ) : null}
    </li>
  )
}
