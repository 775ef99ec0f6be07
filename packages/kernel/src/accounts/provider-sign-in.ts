import { NexusError } from "@nexus/protocol"
import type { Client, ProviderSignIn, SecondStep, SignedIn, User } from "./accounts.ts"
import type { ExternalIdentities } from "./external-identities.ts"
import type { Provider } from "./provider.ts"

/** Two journeys to the provider and back, to sign in and to connect; what was begun for one cannot finish the other. */
export function createProviderSignIn(
  provider: Provider | undefined,
  identities: ExternalIdentities,
  signIn: (user: User, from?: Client) => Promise<SignedIn | SecondStep>,
): ProviderSignIn {
  const there = (): Provider => {
    if (provider) return provider
    throw new NexusError({ code: "not-found", what: "sign-in provider", id: "openid" })
  }
  const connecting = (userId: string) => `connect ${userId}`
  return {
    provider: provider?.label,
    beginProvider: async (redirectUri, userId) =>
      there().begin(redirectUri, userId === undefined ? "sign in" : connecting(userId)),
    async signInByProvider({ memo, answer }, from) {
      const claims = await there().complete(memo, answer, "sign in")
      return signIn(await identities.personOf(claims), from)
    },
    async connectProvider(userId, { memo, answer }) {
      return identities.connect(userId, await there().complete(memo, answer, connecting(userId)))
    },
    identitiesOf: (userId) => identities.list(userId),
    removeIdentity: (userId, identityId) => identities.remove(userId, identityId),
  }
}
