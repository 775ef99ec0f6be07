import { endpoints, pagesOf, type WorkspaceSummary } from "@nexus/protocol"
import { useCallback, useState } from "react"
import { routeHref } from "../connect/route.ts"
import { useSession } from "../connect/session-context.ts"
import { UsageOf } from "../share/Usage.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { useLoaded } from "./use-loaded.ts"

/** What each workspace that one is in uses of what it may; asked for when it is unfolded. */
export default function UsageSection() {
  const { api } = useSession()
  const { value, error } = useLoaded(
    useCallback(async () => {
      const all: WorkspaceSummary[] = []
      for await (const { workspaces } of pagesOf((asked) => api.call(endpoints.listWorkspaces, asked), { query: {} })) {
        all.push(...workspaces)
      }
      return all
    }, [api]),
  )
  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!value) return <Skeleton lines={4} label={say("Loading workspaces")} />
  return (
    <div className="flex flex-col gap-3">
      <p className="text-14 text-soft">
        {say("Quotas hold for a workspace, not for a person: everybody in it shares them. The operator sets the tier.")}
      </p>
      {value.length === 0 ? <p className="text-13 text-soft">{say("You are in no workspace yet.")}</p> : null}
      {value.map(({ id, name }, index) => (
        <UsageOfOne key={id} workspace={id} name={name} first={index === 0} />
      ))}
    </div>
  )
}

interface UsageOfOneProps {
  readonly workspace: string
  readonly name: string
  readonly first: boolean
}

function UsageOfOne({ workspace, name, first }: UsageOfOneProps) {
  const { api } = useSession()
  const [open, setOpen] = useState(first)
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="rounded-control border border-line"
    >
      <summary className="cursor-default px-4 py-2.5 font-medium text-13 hover:bg-hover">{name}</summary>
      {open ? (
        <div className="flex flex-col gap-3 px-4 pt-1 pb-4">
          <UsageOf api={api} workspace={workspace} />
          <a
            className="self-start text-13 text-accent hover:underline"
            href={routeHref({ at: "workspace", workspace })}
          >
            {say("Open {name}", { name })}
          </a>
        </div>
      ) : null}
    </details>
  )
}
