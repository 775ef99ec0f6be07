import type { Account } from "@nexus/protocol"
import { createConnection } from "@nexus/reactor/client"
import { startTransition, useEffect, useState } from "react"
import { SheetBody } from "../canvas/sheet-body.tsx"
import { rememberWorkspace } from "../catalogue/carried.ts"
import { navigate } from "../connect/route.ts"
import { refusal, sentence } from "../connect/sentence.ts"
import { useSession } from "../connect/session-context.ts"
import { Welcome } from "../connect/Welcome.tsx"
import { noteOpened } from "../home/last-opened.ts"
import { keepPage } from "../offline/keep-page.ts"
import { createIndexedOutbox } from "../outbox/indexed-outbox.ts"
import { textsLeft } from "../outbox/texts-left.ts"
import { beginOnPhone } from "../phone/phone-place.ts"
import { Button } from "../ui/Button.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { createDesk, type Desk } from "./desk.ts"
import { DeskProvider } from "./desk-context.ts"
import { handlersHere, prepareHandlers } from "./handlers-here.ts"
import { type LinkStatus, LinkStatusProvider } from "./link-status.ts"
import { studio } from "./studio.ts"
import { WorkspaceFrame } from "./WorkspaceFrame.tsx"

// The panels will need it as soon as the graph is here; it loads while the socket opens.
SheetBody.prefetch().catch(() => undefined)

interface WorkspaceScreenProps {
  readonly workspace: string
  readonly user: Account
}

/** What earlier pages typed without a line goes to the kernel, though nobody opens its editor here. */
async function bringInTexts(desk: Desk): Promise<void> {
  const panels = await textsLeft(desk.user.id, desk.workspace)
  if (panels.length > 0) (await import("../editor/shared-texts.ts")).bringInTexts(desk, panels)
}

/** Owns the socket and the desk of one open workspace, from the first paint to leaving it. */
export default function WorkspaceScreen({ workspace, user }: WorkspaceScreenProps) {
  const session = useSession()
  const [desk, setDesk] = useState<Desk>()
  const [status, setStatus] = useState<LinkStatus>("connecting")
  const [failed, setFailed] = useState<string>()

  useEffect(() => {
    const url = new URL("/panels/stream", location.href)
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
    const outbox = (of: string) => createIndexedOutbox(user.id, of)
    const connection = createConnection({
      url: url.href,
      token: session.token,
      handlers: handlersHere,
      outbox,
      user: user.id,
    })
    const opened = createDesk({ connection, workspace, user, api: session.api })
    let here = true
    const stopClosed = opened.mirror.onTouched(() => {
      if (opened.mirror.closed) setFailed(refusal(opened.mirror.closed))
    })
    const stopStatus = connection.onStatus(() => setStatus(connection.status))
    opened.mirror.ready.then(
      () => {
        if (!here) return
        rememberWorkspace(workspace)
        noteOpened(workspace)
        beginOnPhone(workspace)
        // In pieces, as a transition is: nobody's hand waits for the whole of it.
        startTransition(() => setDesk(opened))
        prepareHandlers()
        bringInTexts(opened).catch(() => undefined)
        // Without a line there is nothing to fetch it from, and it was kept when there was one.
        if (connection.status === "online") keepPage()
      },
      (error: unknown) => here && setFailed(sentence(error)),
    )
    return () => {
      here = false
      stopStatus()
      stopClosed()
      opened.close()
      connection.close()
      setDesk(undefined)
      studio.reset()
    }
  }, [session, workspace, user])

  if (failed) {
    return (
      <Welcome title={say("This workspace does not open")}>
        <Notice tone="wrong">{failed}</Notice>
        <Button className="mt-4" onClick={() => navigate({ at: "workspaces" })}>
          {say("Go to your workspaces")}
        </Button>
      </Welcome>
    )
  }
  if (!desk) {
    return (
      <Welcome title={status === "offline" ? say("The kernel does not answer") : say("Opening the workspace")}>
        {status === "offline" ? (
          <Notice tone="careful">{say("Trying again by itself. Nothing that was saved is lost.")}</Notice>
        ) : (
          <Skeleton lines={4} label={say("Opening the workspace")} />
        )}
      </Welcome>
    )
  }
  return (
    <LinkStatusProvider value={status}>
      <DeskProvider value={desk}>
        <WorkspaceFrame />
      </DeskProvider>
    </LinkStatusProvider>
  )
}
