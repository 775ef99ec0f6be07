import { type Endpoint, KeyScope, keyScopeOf, type Role } from "@nexus/protocol"
import { roleUnder } from "../../../src/accounts/scopes.ts"
import type { RunningKernel } from "../../running-kernel.ts"
import type { Place } from "./place.ts"

/** Somebody who asks: a person with a session, a program with a person's key, or nobody the kernel knows. */
export interface Caller {
  readonly name: string
  readonly token?: string
  /** The person's own role, by workspace. */
  readonly roles?: Readonly<Record<string, Role>>
  readonly key?: { readonly scope: KeyScope; readonly workspaces?: readonly string[] }
  /** The token is none, or not good any more. */
  readonly isRefused?: true
}

export const isSignedIn = ({ isRefused }: Caller) => isRefused === undefined

/** The role under which they act in a place, narrowed by their key. */
export function roleIn({ roles, key }: Caller, { workspace }: Place): Role | undefined {
  const user = { id: "user", name: "Somebody", email: "" }
  return roleUnder(key ? { user, key: { id: "key", ...key } } : { user }, workspace, roles?.[workspace])
}

/** What of an endpoint's own words a key has to satisfy, beside the role; true for a person. */
export function keyOpens(endpoint: Endpoint, { key }: Caller): boolean {
  if (!key) return true
  const needed = keyScopeOf(endpoint)
  if (needed === undefined || KeyScope.options.indexOf(key.scope) < KeyScope.options.indexOf(needed)) return false
  return key.workspaces === undefined || !(endpoint.everywhere || endpoint.access === "operator")
}

/** Programs with keys of those who have a session: of each scope, for some workspaces, and of keys that ended. */
export async function keyCallers(
  nexus: RunningKernel,
  people: readonly Caller[],
  home: Place,
  away: Place,
): Promise<readonly Caller[]> {
  const make = async (of: string, name: string, key: NonNullable<Caller["key"]>, more: object = {}) => {
    const { token = "", roles = {} } = people.find((person) => person.name === of) ?? {}
    const { status, body } = await nexus.call("POST", "/auth/keys", token, { name, ...key, ...more })
    if (status !== 201) throw new Error(`no key for ${of}: ${JSON.stringify(body)}`)
    return { caller: { name, roles, key, token: String(body.key) }, id: String(body.id), owner: token }
  }
  const [onlyHome, onlyAway] = [{ workspaces: [home.workspace] }, { workspaces: [away.workspace] }]
  const good = [
    await make("owner", "an owner's key that reads", { scope: "read" }),
    await make("owner", "an owner's key that writes in this workspace alone", { scope: "write", ...onlyHome }),
    await make("owner", "an owner's full key", { scope: "admin" }),
    await make("owner", "an owner's full key for another workspace", { scope: "admin", ...onlyAway }),
    await make("viewer", "a viewer's full key", { scope: "admin" }),
    await make("the owner of another workspace", "another owner's key that reads", { scope: "read" }),
  ]
  const revoked = await make("owner", "a key that was revoked", { scope: "admin" })
  await nexus.call("DELETE", `/auth/keys/${revoked.id}`, revoked.owner)
  // The shortest time there is: it is over before anybody asks.
  const expired = await make(
    "owner",
    "a key whose time is over",
    { scope: "admin" },
    { expiresInDays: Number.MIN_VALUE },
  )
  const isOver = async () => (await nexus.call("GET", "/workspaces", expired.caller.token)).status === 401
  while (!(await isOver()));
  const ended = [revoked, expired].map(({ caller }): Caller => ({ ...caller, isRefused: true }))
  return [...good.map(({ caller }) => caller), ...ended]
}
