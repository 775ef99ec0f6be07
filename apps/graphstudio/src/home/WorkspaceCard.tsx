import type { ListedWorkspace } from "@nexus/protocol"
import { Ellipsis } from "lucide-react"
import { type FormEvent, useState } from "react"
import { routeHref } from "../connect/route.ts"
import { Avatar } from "../ui/Avatar.tsx"
import { ago } from "../ui/ago.ts"
import { Menu } from "../ui/Menu.tsx"
import { say } from "../words/say.ts"
import { Sketch } from "./Sketch.tsx"

interface WorkspaceCardProps {
  readonly workspace: ListedWorkspace
  readonly openedAt: number | undefined
  readonly onRename: (name: string) => void
  readonly onRemove: () => void
}

const ROLES = { owner: say("Owner"), editor: say("Editor"), viewer: say("Viewer") } as const

/** One workspace at a glance: how it looks, who is in it, what one may do there, and when one was there last. */
export function WorkspaceCard({ workspace, openedAt, onRename, onRemove }: WorkspaceCardProps) {
  const { id, name, role, panels, members, people, sketch } = workspace
  const [renaming, setRenaming] = useState(false)
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setRenaming(false)
    const wanted = String(new FormData(event.currentTarget).get("name") ?? "").trim()
    if (wanted && wanted !== name) onRename(wanted)
  }
  return (
    <li className="group relative flex flex-col rounded-sheet border border-line bg-surface transition-shadow focus-within:shadow-lifted hover:border-line-strong hover:shadow-lifted">
      <Sketch panels={sketch} />
      <div className="flex flex-1 flex-col gap-2 border-line border-t p-3.5 pt-3">
        <div className="flex items-start gap-1">
          {renaming ? (
            <form onSubmit={save} className="relative z-10 min-w-0 flex-1">
              <input
                name="name"
                aria-label={say("New name of {name}", { name })}
                defaultValue={name}
                // biome-ignore lint/a11y/noAutofocus: the person just asked to type here
                autoFocus
                maxLength={200}
                onFocus={(event) => event.currentTarget.select()}
                onBlur={(event) => event.currentTarget.form?.requestSubmit()}
                onKeyDown={(event) => event.key === "Escape" && setRenaming(false)}
                className="h-7 w-full rounded-[6px] border border-line-strong bg-surface px-1.5 font-medium text-14"
              />
            </form>
          ) : (
            <h2 className="min-w-0 flex-1 truncate font-medium text-14 leading-7">
              {/* The whole card is the link; what else can be pressed lies over it. */}
              <a
                href={routeHref({ at: "workspace", workspace: id })}
                className="outline-none after:absolute after:inset-0 after:rounded-sheet focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-2"
              >
                {name}
              </a>
            </h2>
          )}
          {role === "viewer" ? null : (
            <span className="relative z-10">
              <Menu
                align="end"
                trigger={
                  <button
                    type="button"
                    aria-label={say("More about {name}", { name })}
                    className="grid size-7 place-items-center rounded-[6px] text-soft hover:bg-hover hover:text-ink"
                  >
                    <Ellipsis size={15} />
                  </button>
                }
                items={[
                  { label: say("Rename"), run: () => setRenaming(true) },
                  ...(role === "owner"
                    ? ["line" as const, { label: say("Delete"), tone: "wrong" as const, run: onRemove }]
                    : []),
                ]}
              />
            </span>
          )}
        </div>
        <p className="text-12 text-soft">
          {say("{panels, plural, one {# panel} other {# panels}}", { panels })}
          {openedAt ? ` · ${say("opened {ago}", { ago: ago(openedAt, Date.now()) })}` : null}
        </p>
        <div className="mt-auto flex items-center">
          <span className="relative z-10 flex items-center ps-1">
            {people.map((person) => (
              <Avatar key={person.id} id={person.id} name={person.name} className="-ms-1" />
            ))}
            {members > people.length ? (
              <span className="ms-1.5 text-12 text-soft">+{members - people.length}</span>
            ) : null}
          </span>
          <span className="ms-auto rounded-full bg-sunken px-2 text-12 text-soft">{ROLES[role]}</span>
        </div>
      </div>
    </li>
  )
}
