import { type ClientMessageOf, type Embedding, NexusError, PROTOCOL_VERSION } from "@nexus/protocol"
import type { Embed } from "../accounts/accounts.ts"
import { isEmbedCode } from "../accounts/embeds.ts"
import type { Session } from "../gateway/session.ts"
import type { MessageContext } from "./context.ts"

/** Who is there, and whether both sides speak the same protocol. */
export async function onHello(
  { accounts }: MessageContext,
  session: Session,
  { token, protocol }: ClientMessageOf<"hello">,
): Promise<void> {
  if (protocol !== PROTOCOL_VERSION) {
    const [expected, actual] = [`protocol ${PROTOCOL_VERSION}`, `protocol ${protocol}`]
    throw new NexusError({ code: "version-mismatch", expected, actual })
  }
  if (session.identity) throw new NexusError({ code: "invalid-input", detail: "hello was said already" })
  const identity = isEmbedCode(token) ? await accounts.lookIn(token) : await accounts.authenticate(token)
  session.identity = identity
  const { id, name } = identity.user
  session.send({
    kind: "welcome",
    session: session.id,
    ...{ user: id, name, protocol: PROTOCOL_VERSION },
    ...(identity.embed ? { embed: shownBy(identity.embed) } : {}),
  })
}

function shownBy({ workspace, panel }: Embed): Embedding {
  return { workspace, ...(panel === undefined ? {} : { panel }) }
}
