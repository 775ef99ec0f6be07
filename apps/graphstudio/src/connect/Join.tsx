import { endpoints } from "@nexus/protocol"
import { useEffect, useState } from "react"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { navigate } from "./route.ts"
import { linkSentence } from "./sentence.ts"
import { useSession } from "./session-context.ts"
import { Welcome } from "./Welcome.tsx"

interface JoinProps {
  readonly code: string
  /** By an invitation to one's own address rather than a link for everybody. */
  readonly invited: boolean
}

/** Joins the workspace that a share link or an invitation opens. Only shown to somebody who is signed in. */
export default function Join({ code, invited }: JoinProps) {
  const { api } = useSession()
  const [failed, setFailed] = useState<string>()

  useEffect(() => {
    let here = true
    api.call(invited ? endpoints.acceptInvitation : endpoints.joinShare, { params: { code } }).then(
      ({ workspace }) => here && navigate({ at: "workspace", workspace }, true),
      (error: unknown) => here && setFailed(linkSentence(error, say("Ask for it once more."))),
    )
    return () => {
      here = false
    }
  }, [api, code, invited])

  if (!failed) {
    return (
      <Welcome title={say("Joining the workspace")}>
        <Skeleton lines={2} label={say("Joining")} />
      </Welcome>
    )
  }
  return (
    <Welcome title={say("This link does not open")}>
      <Notice tone="wrong">{failed}</Notice>
      <Button className="mt-4" onClick={() => navigate({ at: "workspaces" }, true)}>
        {say("Go to your workspaces")}
      </Button>
    </Welcome>
  )
}
