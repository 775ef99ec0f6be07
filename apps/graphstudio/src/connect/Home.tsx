import { endpoints, type WorkspaceSummary } from "@nexus/protocol"
import { ArrowRight, Blocks, GitBranch, LogOut, UserRound } from "lucide-react"
import { type FormEvent, lazy, Suspense, useEffect, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { navigate } from "./route.ts"
import { sentence } from "./sentence.ts"
import { useSession } from "./session-context.ts"
import { Welcome } from "./Welcome.tsx"

const ImportBundle = lazy(() => import("./ImportBundle.tsx"))
const ImportRepository = lazy(() => import("../versions/ImportRepository.tsx"))

interface HomeProps {
  /** Opens the only workspace at once instead of listing it. */
  readonly openOnly: boolean
}

/** The workspaces one is a member of, and the way to a new one. */
export function Home({ openOnly }: HomeProps) {
  const session = useSession()
  const [workspaces, setWorkspaces] = useState<readonly WorkspaceSummary[]>()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [importing, setImporting] = useState(false)

  useEffect(() => {
    let here = true
    session.api.call(endpoints.listWorkspaces).then(
      (answer) => {
        if (!here) return
        const only = answer.workspaces.length === 1 ? answer.workspaces[0] : undefined
        if (openOnly && only) navigate({ at: "workspace", workspace: only.id }, true)
        else setWorkspaces(answer.workspaces)
      },
      (cause: unknown) => here && setError(sentence(cause)),
    )
    return () => {
      here = false
    }
  }, [session, openOnly])

  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim()
    if (!name) return
    setBusy(true)
    try {
      const made = await session.api.call(endpoints.createWorkspace, { body: { name } })
      navigate({ at: "workspace", workspace: made.id })
    } catch (cause) {
      setError(sentence(cause))
      setBusy(false)
    }
  }

  return (
    <Welcome title="Your workspaces" text="A workspace is one canvas of living panels." wide>
      {error ? <Notice tone="wrong">{error}</Notice> : null}
      {!workspaces && !error ? <Skeleton lines={3} label="Loading workspaces" /> : null}
      <ul className="flex flex-col gap-2">
        {workspaces?.map(({ id, name, role, panels }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => navigate({ at: "workspace", workspace: id })}
              className="group flex w-full items-center gap-3 rounded-control border border-line bg-raised px-4 py-3 text-start transition-colors hover:bg-hover"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-14">{name}</span>
                <span className="block text-12 text-soft">
                  {panels === 1 ? "1 panel" : `${panels} panels`} · you are{" "}
                  {role === "viewer" ? "a viewer" : `an ${role}`}
                </span>
              </span>
              <ArrowRight size={16} className="text-faint transition-transform group-hover:translate-x-0.5" />
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={create} className="mt-4 flex gap-2">
        <input
          name="name"
          aria-label="Name of the new workspace"
          placeholder="Name of a new workspace"
          maxLength={200}
          required
          className="h-9 min-w-0 flex-1 rounded-control border border-line-strong bg-surface px-3 text-14 placeholder:text-faint"
        />
        <Button type="submit" tone="primary" className="h-9" disabled={busy}>
          Create workspace
        </Button>
      </form>
      {importing ? (
        <Suspense fallback={<Skeleton lines={2} label="Loading the form" />}>
          <ImportRepository onClose={() => setImporting(false)} />
        </Suspense>
      ) : (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button tone="quiet" icon={<GitBranch size={14} />} onClick={() => setImporting(true)}>
            Import a repository
          </Button>
          <Suspense fallback={null}>
            <ImportBundle />
          </Suspense>
        </div>
      )}
      <div className="mt-6 flex flex-wrap justify-between border-line border-t pt-4">
        <Button tone="quiet" icon={<Blocks size={14} />} onClick={() => navigate({ at: "components", component: "" })}>
          Components
        </Button>
        <Button tone="quiet" icon={<UserRound size={14} />} onClick={() => navigate({ at: "account", section: "" })}>
          Your account
        </Button>
        <Button tone="quiet" icon={<LogOut size={14} />} onClick={() => session.signOut()}>
          Sign out
        </Button>
      </div>
    </Welcome>
  )
}
