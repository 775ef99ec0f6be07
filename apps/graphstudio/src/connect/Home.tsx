import { type Account, endpoints, type ListedWorkspace } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { onDemand } from "../ui/on-demand.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { navigate } from "./route.ts"
import { useSession } from "./session-context.ts"
import { Welcome } from "./Welcome.tsx"

const WorkspacesPage = onDemand(() => import("../home/WorkspacesPage.tsx"))

interface HomeProps {
  /** Opens the only workspace at once instead of listing it. */
  readonly openOnly: boolean
  readonly user: Account
}

/** The way from the address to a workspace: straight into the only one, or to the page of them all. */
export function Home({ openOnly, user }: HomeProps) {
  const session = useSession()
  const [looked, setLooked] = useState(!openOnly)
  const [found, setFound] = useState<readonly ListedWorkspace[]>()

  useEffect(() => {
    if (!openOnly) return
    let here = true
    session.api.call(endpoints.listWorkspaces).then(
      ({ workspaces }) => {
        if (!here) return
        const [only, another] = workspaces
        if (only && !another) return navigate({ at: "workspace", workspace: only.id }, true)
        setFound(workspaces)
        setLooked(true)
      },
      // The page asks again, and says what is wrong.
      () => here && setLooked(true),
    )
    return () => {
      here = false
    }
  }, [session, openOnly])

  if (looked) return <WorkspacesPage user={user} first={found} />
  return (
    <Welcome title={say("Your workspaces")} text={say("A workspace is one canvas of living panels.")} wide>
      <Skeleton lines={3} label={say("Loading workspaces")} />
    </Welcome>
  )
}
