import type { CommitSummary } from "@nexus/protocol"
import { GitCommitHorizontal, ListFilter } from "lucide-react"
import { useEffect, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Drawer } from "../ui/Drawer.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { useMayEdit } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { AutoCommitForm } from "./AutoCommitForm.tsx"
import { BranchBar } from "./BranchBar.tsx"
import { HistoryFilter } from "./HistoryFilter.tsx"
import { type HistoryLook, useBranches, useCommitHistory } from "./history.ts"
import { Named } from "./Named.tsx"
import { OldPatches } from "./OldPatches.tsx"
import { RemotesForm } from "./RemotesForm.tsx"
import { subjectOf, VersionRow } from "./VersionRow.tsx"
import { NOTHING_OPENED, useOpened } from "./version-acts.ts"

const DiffDialog = onDemand(() => import("./DiffDialog.tsx"))
const MergeDialog = onDemand(() => import("./MergeDialog.tsx"))
const NameDialog = onDemand(() => import("./NameDialog.tsx"))

const FIRST = 50

/** The branch one is on, its commits and the way back to each of them, and all that one does with versions. */
export default function VersionsDrawer() {
  const editable = useMayEdit()
  const [look, setLook] = useState<HistoryLook>({ limit: FIRST })
  const { value, error } = useCommitHistory(look)
  const commits = value?.commits
  const people = usePeople(commits)
  const tags = useBranches().value?.tags ?? []
  const { choosing } = useOpened()
  const filtered = look.panel !== undefined || look.person !== undefined
  useEffect(() => () => useOpened.setState(NOTHING_OPENED), [])
  return (
    <>
      <Drawer title={say("Versions")} name="versions" side="left" onClose={() => studio.set({ drawer: undefined })}>
        <BranchBar editable={editable} />
        {error ? (
          <Notice tone="wrong" className="m-3">
            {error}
          </Notice>
        ) : null}
        {!commits && !error ? <Skeleton lines={5} label={say("Loading versions")} /> : null}
        {commits && (filtered || commits.length > 1) ? (
          <HistoryFilter look={look} people={people} onLook={setLook} />
        ) : null}
        {choosing ? (
          <div role="status" className="flex items-center gap-2 border-line border-b bg-accent-soft px-4 py-2 text-13">
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {say("Choose the version to compare with “{choosing}”.", { choosing: subjectOf(choosing) })}
            </span>
            <Button small onClick={() => useOpened.setState({ choosing: undefined })}>
              {say("Cancel")}
            </Button>
          </div>
        ) : null}
        {filtered && commits?.length === 0 ? (
          <Empty icon={<ListFilter size={24} />} title={say("No such version on this branch")}>
            {say("Nobody has committed that here yet. Choose another panel or person.")}
          </Empty>
        ) : commits?.length === 0 ? (
          <Empty icon={<GitCommitHorizontal size={24} />} title={say("No version yet")}>
            {say("Commit when the workspace is worth coming back to. Every version is a Git commit.")}
          </Empty>
        ) : null}
        <ol aria-label={say("History")} className="py-1">
          {commits?.map((commit, index) => (
            <VersionRow
              key={commit.id}
              commit={commit}
              newest={index === 0 && !filtered}
              editable={editable}
              tags={tags.filter((tag) => tag.commit === commit.id).map(({ name }) => name)}
            />
          ))}
        </ol>
        {value?.more ? (
          <div className="px-4 pb-3">
            <Button small onClick={() => setLook({ ...look, limit: look.limit * 3 })}>
              {say("Show older versions")}
            </Button>
          </div>
        ) : null}
        <OldPatches editable={editable} />
        <Named editable={editable} />
        <RemotesForm editable={editable} />
        <AutoCommitForm editable={editable} />
      </Drawer>
      <Dialogs />
    </>
  )
}

/** Everybody whose versions were seen since the drawer opened, so that choosing one leaves the others to choose. */
function usePeople(commits: readonly CommitSummary[] | undefined): readonly string[] {
  const [people, setPeople] = useState<readonly string[]>([])
  useEffect(() => {
    const found = commits?.flatMap(({ author, persons = [] }) => [author, ...persons]) ?? []
    setPeople((before) => [...new Set([...before, ...found])].sort((a, b) => a.localeCompare(b)))
  }, [commits])
  return people
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
