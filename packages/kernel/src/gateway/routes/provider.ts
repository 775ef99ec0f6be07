import { endpoints, NexusError } from "@nexus/protocol"
import type { Request } from "express"
import type { Accounts } from "../../accounts/accounts.ts"
import { auditOf, type Routes } from "../call.ts"
import { clientOf } from "../client-of.ts"
import { type Exchange, setProviderCookie, takeProviderCookie } from "../sign-in-cookies.ts"
import { answerOrStep } from "./auth.ts"
import type { WorkspaceRouteParts } from "./workspaces.ts"

export interface ProviderRouteParts {
  readonly accounts: Accounts
  readonly audit: WorkspaceRouteParts["audit"]
  readonly allowsOrigin: (origin: string) => boolean
}

/** Where a provider sends people back to: a page of the studio, which hands what it got to `finish`. */
const CALLBACK = "/sign-in/callback"

/**
 * Signing in at an OpenID provider. The page that asks is one of ours, by its Origin, and so is the page that people come
 * back to: nothing in a request names an address to go to.
 */
export function providerRoutes(routes: Routes, { accounts, audit, allowsOrigin }: ProviderRouteParts): void {
  const ours = (request: Request): string => {
    const origin = request.get("origin")
    if (origin !== undefined && allowsOrigin(origin)) return origin
    throw new NexusError({ code: "forbidden", detail: `Signing in is not open to pages of ${origin ?? "no origin"}.` })
  }
  const begin = async (exchange: Exchange, userId?: string) => {
    const { url, memo } = await accounts.beginProvider(`${ours(exchange.request)}${CALLBACK}`, userId)
    setProviderCookie(exchange, memo)
    return { url }
  }
  const back = (exchange: Exchange, answer: string) => {
    ours(exchange.request)
    return { memo: takeProviderCookie(exchange), answer }
  }

  routes.open(endpoints.startProviderSignIn, (call) => begin(call))
  routes.open(endpoints.finishProviderSignIn, async (call) => {
    const result = await accounts.signInByProvider(back(call, call.body.answer), clientOf(call.request))
    return answerOrStep(call, result)
  })
  routes.guarded(endpoints.startProviderLink, (call) => begin(call, call.identity.user.id))
  routes.guarded(endpoints.finishProviderLink, async (call) => {
    const identity = await accounts.connectProvider(call.identity.user.id, back(call, call.body.answer))
    await audit.record({ ...auditOf(call), action: "connected-account.added", target: identity.id })
    return identity
  })
  routes.guarded(endpoints.listIdentities, async ({ identity }) => ({
    identities: [...(await accounts.identitiesOf(identity.user.id))],
    ...(accounts.provider === undefined ? {} : { provider: accounts.provider }),
  }))
  routes.guarded(endpoints.removeIdentity, async (call) => {
    await accounts.removeIdentity(call.identity.user.id, call.params.identity)
    await audit.record({ ...auditOf(call), action: "connected-account.removed", target: call.params.identity })
    return {}
  })
}
