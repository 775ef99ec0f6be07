import { createServer } from "node:http"
import { exportJWK, generateKeyPair } from "jose"
import Provider, { type Configuration } from "oidc-provider"

/** A person as the provider knows them. */
export interface ProviderPerson {
  readonly sub: string
  readonly name?: string
  readonly email?: string
  readonly email_verified?: boolean
}

/** A real OpenID provider on a free port of this machine; whoever comes is `person`, at once and without a form. */
export interface LocalProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  person: ProviderPerson
  /** Says no instead of signing anybody in. */
  refuses: boolean
  /** How often a token of each kind was issued. */
  readonly issued: string[]
  close(): Promise<void>
}

const CLIENT = { clientId: "nexus", clientSecret: "a-secret-of-the-client-nexus" }

/** Sends people back to `/sign-in/callback` of these origins, known when the provider starts or told later. */
export async function createLocalProvider(origins: () => readonly string[]): Promise<LocalProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  const { privateKey } = await generateKeyPair("RS256", { extractable: true })
  const local = { person: { sub: "nobody" } as ProviderPerson, refuses: false, issued: [] as string[] }
  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: origins().map((origin) => `${origin}/sign-in/callback`),
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["a-key-of-the-test"] },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig" }] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ ...local.person, sub: id }) }),
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  }
  const provider = new Provider(issuer, configuration)
  provider.on("access_token.saved", () => local.issued.push("access token"))
  provider.on("refresh_token.saved", () => local.issued.push("refresh token"))
  const handle = provider.callback()
  server.on("request", async (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return handle(request, response)
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (local.refuses) {
      return provider.interactionFinished(request, response, { error: "access_denied" })
    }
    if (prompt.name === "login") {
      return provider.interactionFinished(request, response, { login: { accountId: local.person.sub } })
    }
    const grant = new provider.Grant({ accountId: session?.accountId ?? "", clientId: String(params.client_id) })
    grant.addOIDCScope("openid profile email")
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  })
  return Object.assign(local, {
    issuer,
    ...CLIENT,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

/** Goes where a browser would go from `url`, with cookies, up to the page that it is sent back to. */
export async function throughProvider(url: string): Promise<URL> {
  const cookies = new Map<string, string>()
  for (let next = new URL(url), hops = 0; hops < 12; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const response = await fetch(next, { redirect: "manual", headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/)
      cookies.set(name, value)
    }
    const location = response.headers.get("location")
    if (!location) throw new Error(`${next.pathname} answered ${response.status}: ${await response.text()}`)
    const target = new URL(location, next)
    if (target.pathname === "/sign-in/callback") return target
    next = target
  }
  throw new Error("too many redirects")
}
