import {
  Blocks,
  ChevronDown,
  Command,
  Download,
  GitBranch,
  GitCommitHorizontal,
  Keyboard,
  LayoutGrid,
  LogOut,
  MonitorDown,
  Moon,
  Palette,
  Redo2,
  Search,
  Share2,
  Sun,
  Undo2,
  UserRound,
} from "lucide-react"
import { type FormEvent, useState } from "react"
import { navigate } from "../connect/route.ts"
import { useSession } from "../connect/session-context.ts"
import { install, useInstall } from "../install/install.ts"
import { oppositeTheme, setAppearance, useAppearance } from "../ui/appearance.ts"
import { Button, IconButton } from "../ui/Button.tsx"
import { Logo } from "../ui/Logo.tsx"
import { Menu } from "../ui/Menu.tsx"
import { say } from "../words/say.ts"
import { useBranch, useDesk, useHistory, useMayEdit, useRole, useWorkspaceName } from "./desk-context.ts"
import { PeopleHere } from "./PeopleHere.tsx"
import { SavedState } from "./SavedState.tsx"
import { signOut } from "./sign-out.ts"
import { studio } from "./studio.ts"

/** Where one is, that it is saved, who else is here, and the acts that concern the whole workspace. */
export function TopBar() {
  const desk = useDesk()
  const editable = useMayEdit()
  const { canUndo, canRedo } = useHistory()
  return (
    <header className="relative z-30 flex h-12 items-center gap-2 border-line border-b bg-surface px-2 phone:gap-0.5 phone:px-1 phone:[&_button]:min-h-10 phone:[&_button]:min-w-10">
      <WorkspaceMenu />
      <WorkspaceName />
      <BranchName />
      <SavedState />
      <div className="flex-1" />
      {editable ? (
        <div className="flex">
          <IconButton
            label={say("Undo")}
            data-tour="undo"
            shortcut="Mod+Z"
            icon={<Undo2 size={16} />}
            onClick={() => desk.undo()}
            disabled={!canUndo}
          />
          <IconButton
            label={say("Redo")}
            className="phone:hidden"
            shortcut="Mod+Shift+Z"
            icon={<Redo2 size={16} />}
            onClick={() => desk.redo()}
            disabled={!canRedo}
          />
        </div>
      ) : null}
      <PeopleHere />
      <Button tone="quiet" icon={<Share2 size={15} />} onClick={() => studio.set({ sharing: true })}>
        <span className="max-sm:sr-only">{say("Share")}</span>
      </Button>
      {editable ? (
        <Button
          className="phone:hidden"
          icon={<GitCommitHorizontal size={15} />}
          onClick={() => studio.set({ committing: true })}
        >
          <span className="max-sm:sr-only">{say("Commit")}</span>
        </Button>
      ) : null}
      <IconButton
        label={say("Search and commands")}
        data-tour="palette"
        shortcut="Mod+K"
        icon={<Search size={16} />}
        onClick={() => studio.set({ palette: true })}
      />
    </header>
  )
}

function BranchName() {
  const branch = useBranch()
  return (
    <button
      type="button"
      aria-label={say("On branch {branch}", { branch })}
      onClick={() => studio.toggleDrawer("versions")}
      className="flex max-w-40 items-center gap-1 rounded-full bg-sunken px-2 py-0.5 text-12 text-soft hover:bg-hover max-sm:hidden"
    >
      <GitBranch size={12} className="flex-none" />
      <span className="truncate">{branch}</span>
    </button>
  )
}

function WorkspaceMenu() {
  const session = useSession()
  const desk = useDesk()
  const { user } = desk
  const owner = useRole() === "owner"
  const theme = useAppearance((state) => state.theme)
  const installed = useInstall((state) => state.installed)
  const next = oppositeTheme(theme)
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={say("Menu")}
          className="flex h-9 items-center gap-1 rounded-control px-1.5 text-soft hover:bg-hover"
        >
          <Logo size={22} />
          <ChevronDown size={14} />
        </button>
      }
      header={
        <div className="border-line border-b px-2.5 pt-1.5 pb-2 text-13">
          <span className="block font-medium">{user.name}</span>
          <span className="block text-12 text-soft">{user.email}</span>
        </div>
      }
      items={[
        {
          label: say("All workspaces"),
          icon: <LayoutGrid size={15} />,
          run: () => navigate({ at: "workspaces" }),
        },
        ...(owner
          ? [
              {
                label: say("Export this workspace"),
                icon: <Download size={15} />,
                run: () => studio.set({ exporting: true }),
              },
            ]
          : []),
        "line",
        {
          label: say("Your account"),
          icon: <UserRound size={15} />,
          run: () => navigate({ at: "account", section: "" }),
        },
        {
          label: next === "dark" ? say("Dark appearance") : say("Light appearance"),
          icon: next === "dark" ? <Moon size={15} /> : <Sun size={15} />,
          run: () => setAppearance({ theme: next }),
        },
        {
          label: say("Appearance"),
          icon: <Palette size={15} />,
          run: () => navigate({ at: "account", section: "appearance" }),
        },
        ...(installed ? [] : [{ label: say("Install Nexus"), icon: <MonitorDown size={15} />, run: install }]),
        "line",
        {
          label: say("Commands"),
          icon: <Command size={15} />,
          shortcut: "Mod+K",
          run: () => studio.set({ palette: true }),
        },
        {
          label: say("Components"),
          icon: <Blocks size={15} />,
          run: () => navigate({ at: "components", component: "" }),
        },
        {
          label: say("Keyboard shortcuts"),
          icon: <Keyboard size={15} />,
          shortcut: "?",
          run: () => studio.set({ help: true }),
        },
        "line",
        { label: say("Sign out"), icon: <LogOut size={15} />, run: () => signOut(session, desk) },
      ]}
    />
  )
}

function WorkspaceName() {
  const desk = useDesk()
  const name = useWorkspaceName()
  const editable = useMayEdit()
  const [renaming, setRenaming] = useState(false)

  const save = (text: string) => {
    setRenaming(false)
    const wanted = text.trim()
    if (!wanted || wanted === name) return
    desk.submit([{ kind: "entity_set", id: desk.workspace, name: wanted }], `renamed the workspace to ${wanted}`)
  }

  if (!renaming) {
    return (
      <button
        type="button"
        aria-label={say("Rename workspace {name}", { name })}
        disabled={!editable}
        onClick={() => setRenaming(true)}
        className="min-w-0 max-w-72 truncate rounded-control px-2 py-1 font-bold text-14 enabled:hover:bg-hover"
      >
        {name || say("Workspace")}
      </button>
    )
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save(String(new FormData(event.currentTarget).get("name") ?? ""))
  }
  return (
    <form onSubmit={submit}>
      <input
        name="name"
        aria-label={say("Workspace name")}
        defaultValue={name}
        // biome-ignore lint/a11y/noAutofocus: the person just asked to type here
        autoFocus
        maxLength={200}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => save(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && setRenaming(false)}
        className="h-8 w-60 rounded-control border border-line-strong bg-surface px-2 font-bold text-14"
      />
    </form>
  )
}
