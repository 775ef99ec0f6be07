import { endpoints, type NamedCommit } from "@nexus/protocol"
import { GitBranch, Tag, Trash2 } from "lucide-react"
import type { ReactNode } from "react"
import { sentence } from "../connect/sentence.ts"
import { ago } from "../ui/ago.ts"
import { IconButton } from "../ui/Button.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { useBranch, useDesk } from "../workspace/desk-context.ts"
import { noteCommit, useBranches } from "./history.ts"
import { Section } from "./Section.tsx"

const KINDS = { branch: say("branch"), tag: say("tag") } as const

/** The branches and tags there are; those that may go can be deleted, and begun again from the same commit. */
export function Named({ editable }: { readonly editable: boolean }) {
  const { api, workspace } = useDesk()
  const { value } = useBranches()
  const branch = useBranch()
  if (!value) return null
  const remove = async (kind: "branch" | "tag", { name, commit }: NamedCommit) => {
    const query = { workspace, name }
    const body = { workspace, name }
    const again = () =>
      (kind === "branch"
        ? api.call(endpoints.createBranch, { body: { ...body, from: commit } })
        : api.call(endpoints.createTag, { body: { ...body, ref: commit } })
      ).then(noteCommit, failed)
    const failed = (cause: unknown) =>
      toast({ tone: "wrong", title: say("{name} stays as it is", { name }), detail: sentence(cause) })
    try {
      await api.call(kind === "branch" ? endpoints.deleteBranch : endpoints.deleteTag, { query })
      noteCommit()
      toast({
        title: say("Deleted the {kind} {name}", { kind: KINDS[kind], name }),
        action: { label: say("Undo"), run: again },
      })
    } catch (cause) {
      failed(cause)
    }
  }
  const row = (kind: "branch" | "tag", icon: ReactNode, named: NamedCommit) => (
    <li key={`${kind} ${named.name}`} className="flex items-center gap-2 text-13">
      <span className="text-faint">{icon}</span>
      <span className="min-w-0 flex-1 truncate">
        {named.name} <span className="text-12 text-soft">{ago(named.at, Date.now())}</span>
      </span>
      {editable && named.name !== branch && (kind === "tag" || named.name !== "main") ? (
        <IconButton
          small
          label={say("Delete the {kind} {name}", { kind: KINDS[kind], name: named.name })}
          icon={<Trash2 size={13} />}
          onClick={() => remove(kind, named)}
        />
      ) : null}
    </li>
  )
  return (
    <Section title={say("Branches and tags")}>
      <ul aria-label={say("Branches and tags")} className="flex flex-col gap-1.5">
        {value.branches.map((named) => row("branch", <GitBranch size={13} />, named))}
        {value.tags.map((named) => row("tag", <Tag size={13} />, named))}
      </ul>
    </Section>
  )
}
