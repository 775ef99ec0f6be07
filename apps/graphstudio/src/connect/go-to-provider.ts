import { type ApiClient, endpoints } from "@nexus/protocol"

export type ProviderPurpose = "sign in" | "connect"

const PURPOSE = "nexus.provider"

/** Leaves for the sign-in provider; this tab remembers what for. */
export async function goToProvider(api: ApiClient, purpose: ProviderPurpose): Promise<void> {
  const begin = purpose === "connect" ? endpoints.startProviderLink : endpoints.startProviderSignIn
  const { url } = await api.call(begin)
  sessionStorage.setItem(PURPOSE, purpose)
  location.assign(url)
}

/** What this tab left for. */
export function providerPurpose(): ProviderPurpose {
  return sessionStorage.getItem(PURPOSE) === "connect" ? "connect" : "sign in"
}
