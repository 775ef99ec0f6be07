import { askEarly, ON_ITS_WAY_MS, REMEMBERED, RENEWAL_LOCK, RENEWING } from "./asked-early.ts"

/*
 * A script of its own, a hundredth of the studio's and there long before it: what the studio will ask first is asked while it
 * is still on its way. That is who sits here, by the link or by the cookie of an earlier visit, and which workspaces they
 * have. The studio asks the same again (`withEarly`) and knows nothing of it.
 */
const JSON_BODY = { "content-type": "application/json" }
const code = /^#\/?sign-in\/([^/]+)/.exec(location.hash)?.[1]
const atHome = location.pathname === "/" && /^#?\/?$/.test(location.hash)

if (code !== undefined) signIn({ code: decoded(code) }).catch(() => {})
else if (localStorage.getItem(REMEMBERED) !== null) navigator.locks?.request(RENEWAL_LOCK, renew).catch(() => {})

async function signIn(body: object): Promise<void> {
  const init = { method: "POST", headers: JSON_BODY, body: JSON.stringify(body) }
  await listWorkspaces(await askEarly("/api/v1/auth/link", init))
}

/** As the session does it, whose comments say why; it waits for this by the lock. */
async function renew(): Promise<void> {
  const begun = Number(localStorage.getItem(RENEWING) ?? 0)
  // Another page's renewal may still be on its way: the session waits for it.
  if (Math.abs(Date.now() - begun) < ON_ITS_WAY_MS) return
  localStorage.setItem(RENEWING, String(Date.now()))
  try {
    const init = { method: "POST", headers: JSON_BODY, body: "{}", keepalive: true }
    const answer = await askEarly("/api/v1/auth/refresh", init)
    if (atHome) await listWorkspaces(answer)
  } finally {
    localStorage.removeItem(RENEWING)
  }
}

async function listWorkspaces(signedIn: Response): Promise<void> {
  if (!signedIn.ok) return
  const { accessToken } = await signedIn.clone().json()
  if (typeof accessToken !== "string") return
  await askEarly("/api/v1/workspaces", { headers: { authorization: `Bearer ${accessToken}` } })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
