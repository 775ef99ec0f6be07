import type { Session } from "../connect/session.ts"
import { textsLeft } from "../outbox/texts-left.ts"
import { confirm } from "../ui/ask.ts"
import { say } from "../words/say.ts"
import type { Desk } from "./desk.ts"

/** Signing out leaves nothing behind in this browser: not what was never sent either, so that is asked about. */
export async function signOut(session: Session, { mirror, user, workspace }: Desk): Promise<void> {
  const texts = await textsLeft(user.id, workspace)
  const waiting = mirror.queued + mirror.conflicts.length + texts.length
  const text = say(
    "{count, plural, one {# change of yours is} other {# changes of yours are}} kept on this device alone. Signing out removes them.",
    { count: waiting },
  )
  const question = { title: say("Sign out and lose them?"), text, action: say("Sign out"), tone: "wrong" } as const
  if (waiting === 0 || (await confirm(question))) await session.signOut()
}
