import type { Account, ListedWorkspace } from "@nexus/protocol"
import { Blocks, HeartPulse, LayoutGrid, LogOut, Search, UserRound } from "lucide-react"
import { useState } from "react"
import { navigate } from "../connect/route.ts"
import { useSession } from "../connect/session-context.ts"
import { useMayOperate } from "../operator/may-operate.ts"
import { confirm } from "../ui/ask.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { classNames } from "../ui/class-names.ts"
import { Empty } from "../ui/Empty.tsx"
import { Logo } from "../ui/Logo.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { chooseWorkspaces, type Shelf } from "./choose-workspaces.ts"
import { lastOpened } from "./last-opened.ts"
import { NewWorkspace } from "./NewWorkspace.tsx"
import { useWorkspaceList } from "./use-workspace-list.ts"
import { WorkspaceCard } from "./WorkspaceCard.tsx"

const SHELVES: readonly { readonly shelf: Shelf; readonly title: string }[] = [
  { shelf: "all", title: say("All") },
  { shelf: "own", title: say("My own") },
  { shelf: "shared", title: say("Shared with me") },
]

interface WorkspacesPageProps {
  readonly user: Account
  /** What is known already. */
  readonly first: readonly ListedWorkspace[] | undefined
}

/** Home: every workspace one is in, what was open last in front, and the ways to a new one. */
export default function WorkspacesPage({ user, first }: WorkspacesPageProps) {
  const session = useSession()
  const operator = useMayOperate()
  const { workspaces, error, rename, remove } = useWorkspaceList(first)
  const [shelf, setShelf] = useState<Shelf>("all")
  const [text, setText] = useState("")
  const [opened] = useState(lastOpened)
  const shown = workspaces && chooseWorkspaces(workspaces, { shelf, text, opened })

  const askRemove = async (workspace: ListedWorkspace) => {
    const { name, members } = workspace
    const yes = await confirm({
      title: say("Delete {name}?", { name }),
      text: say(
        "{members, plural, one {Its panels, values, files and versions go with it.} other {All # people in it lose its panels, values, files and versions.}}",
        { members },
      ),
      action: say("Delete"),
      tone: "wrong",
    })
    if (yes) remove(workspace)
  }

  return (
    <div className="nx-desk h-full overflow-auto">
      <div className="mx-auto flex min-h-full max-w-[1120px] flex-col gap-6 p-4 sm:p-8">
        <header className="flex items-center gap-2.5">
          <Logo size={28} />
          <span className="flex-1 font-bold text-16">{say("Nexus")}</span>
          <IconButton
            label={say("Components")}
            icon={<Blocks size={17} />}
            onClick={() => navigate({ at: "components", component: "" })}
          />
          {operator ? (
            <IconButton
              label={say("This installation")}
              icon={<HeartPulse size={17} />}
              onClick={() => navigate({ at: "operator", section: "health" })}
            />
          ) : null}
          <Button
            tone="quiet"
            aria-label={say("{name}: your account", { name: user.name })}
            icon={<UserRound size={15} />}
            onClick={() => navigate({ at: "account", section: "" })}
          >
            <span className="max-w-40 truncate max-sm:sr-only">{user.name}</span>
          </Button>
          <IconButton
            label={say("Sign out")}
            icon={<LogOut size={16} />}
            className="-me-2"
            onClick={() => session.signOut()}
          />
        </header>
        <main className="flex flex-col gap-7">
          <div>
            <h1 className="font-bold text-28">{say("Your workspaces")}</h1>
            <p className="mt-1 text-14 text-soft">{say("A workspace is one canvas of living panels.")}</p>
          </div>
          {error ? <Notice tone="wrong">{error}</Notice> : null}
          {!workspaces && !error ? <Skeleton lines={4} label={say("Loading workspaces")} /> : null}
          {workspaces && workspaces.length > 0 ? (
            <section aria-label={say("Workspaces")} className="flex flex-col gap-4">
              <div className="flex flex-wrap items-center gap-2">
                <fieldset aria-label={say("Which ones")} className="flex gap-1 rounded-control bg-sunken p-1">
                  {SHELVES.map((each) => (
                    <button
                      key={each.shelf}
                      type="button"
                      aria-pressed={each.shelf === shelf}
                      onClick={() => setShelf(each.shelf)}
                      className={classNames(
                        "h-7 rounded-[6px] px-2.5 text-13",
                        each.shelf === shelf
                          ? "bg-raised font-medium outline-1 outline-line"
                          : "text-soft hover:text-ink",
                      )}
                    >
                      {each.title}
                    </button>
                  ))}
                </fieldset>
                <label className="relative min-w-44 flex-1 sm:ms-auto sm:max-w-72">
                  <span className="sr-only">{say("Search the workspaces")}</span>
                  <Search size={14} aria-hidden="true" className="absolute start-3 top-2.5 text-faint" />
                  <input
                    type="search"
                    value={text}
                    onChange={(event) => setText(event.currentTarget.value)}
                    placeholder={say("Name, panel or person")}
                    className="h-9 w-full rounded-control border border-line-strong bg-surface ps-9 pe-3 text-13 placeholder:text-faint"
                  />
                </label>
              </div>
              {shown?.length === 0 ? (
                <Empty
                  icon={text === "" ? <LayoutGrid size={24} /> : <Search size={24} />}
                  title={text === "" ? say("Nothing on this shelf") : say("Nothing is called that")}
                >
                  {text === ""
                    ? say("When somebody shares a workspace with you, by a link or an invitation, it stands here.")
                    : say("Try a shorter word, or look among all of them.")}
                </Empty>
              ) : null}
              <ul className="grid grid-cols-[repeat(auto-fill,minmax(250px,1fr))] gap-4">
                {shown?.map((workspace) => (
                  <WorkspaceCard
                    key={workspace.id}
                    workspace={workspace}
                    openedAt={opened[workspace.id]}
                    onRename={(name) => rename(workspace, name)}
                    onRemove={() => askRemove(workspace)}
                  />
                ))}
              </ul>
            </section>
          ) : null}
          {workspaces?.length === 0 ? (
            <Empty icon={<LayoutGrid size={28} />} title={say("No workspace yet")}>
              {say("Give one a name below. Begin with an empty desk, or with panels that are ready to use.")}
            </Empty>
          ) : null}
          {workspaces ? <NewWorkspace /> : null}
        </main>
      </div>
    </div>
  )
}
