import { ChevronDown, GitBranch, GitCommitHorizontal, GitMerge, Plus } from "lucide-react"
import { Button } from "../ui/Button.tsx"
import { Menu } from "../ui/Menu.tsx"
import type { MenuItem } from "../ui/menu-props.ts"
import { say } from "../words/say.ts"
import { useBranch, useDesk } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { useBranches } from "./history.ts"
import { merge, switchTo, useOpened } from "./version-acts.ts"

/** On which branch one is, and the ways to another, from another, and into a commit. */
export function BranchBar({ editable }: { readonly editable: boolean }) {
  const desk = useDesk()
  const branch = useBranch()
  const { value } = useBranches()
  const others = value?.branches.filter(({ name }) => name !== branch) ?? []
  const remote = value?.remote ?? []
  const compare = (name: string): MenuItem => ({
    label: say("Compare with {name}", { name }),
    run: () =>
      useOpened.setState({ comparing: { from: name, title: say("{branch} compared with {name}", { branch, name }) } }),
  })
  const switches: MenuItem[] = others.map(({ name }) => ({
    label: say("Switch to {name}", { name }),
    icon: <GitBranch size={15} />,
    run: () => switchTo(desk, name),
  }))
  const merges: MenuItem[] = [...others, ...remote].map(({ name }) => ({
    label: say("Merge {name} into {branch}", { name, branch }),
    icon: <GitMerge size={15} />,
    run: () => merge(desk, name),
  }))
  const make: MenuItem = {
    label: say("New branch…"),
    icon: <Plus size={15} />,
    run: () => useOpened.setState({ naming: { kind: "branch" } }),
  }
  const items: (MenuItem | "line")[] = editable
    ? [make, ...divided(switches), ...divided(merges), ...divided(others.map(({ name }) => compare(name)))]
    : others.map(({ name }) => compare(name))
  return (
    <div className="flex flex-col gap-2 border-line border-b p-3">
      <div className="flex items-center gap-2">
        <Menu
          trigger={
            <button
              type="button"
              aria-label={say("Branch {branch}", { branch })}
              className="flex h-8 min-w-0 flex-1 items-center gap-1.5 rounded-control border border-line px-2.5 text-13 hover:bg-hover"
            >
              <GitBranch size={14} className="flex-none text-soft" />
              <span className="min-w-0 flex-1 truncate text-start font-medium">{branch}</span>
              <ChevronDown size={14} className="flex-none text-faint" />
            </button>
          }
          items={items}
        />
        {editable ? (
          <Button icon={<GitCommitHorizontal size={15} />} onClick={() => studio.set({ committing: true })}>
            {say("New version")}
          </Button>
        ) : null}
      </div>
      {value?.unsaved ? (
        <button
          type="button"
          className="self-start text-12 text-careful underline-offset-2 hover:underline"
          onClick={() => useOpened.setState({ comparing: { from: branch, title: say("Not committed yet") } })}
        >
          {say("Something is not committed yet: look at it")}
        </button>
      ) : null}
    </div>
  )
}

function divided(items: readonly MenuItem[]): (MenuItem | "line")[] {
  return items.length > 0 ? ["line", ...items] : []
}
