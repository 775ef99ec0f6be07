import { covers, formatCapability, type Json, type Panel, parseCapability } from "@nexus/protocol"

export interface MissingGrant {
  /** As it is granted: `type:scope`. */
  readonly grant: string
  readonly reason: string
}

/** What a panel declares and nobody has granted, in the order it declares it. */
export function missingGrants(panel: Panel, grants: readonly string[]): MissingGrant[] {
  const granted = grants.flatMap((grant) => parseCapability(grant) ?? [])
  const missing = new Map<string, MissingGrant>()
  for (const { type, scope, reason } of panel.capabilities) {
    const wanted = parseCapability(scope === "" ? type : `${type}:${scope}`)
    if (!wanted || granted.some((have) => covers(have, wanted))) continue
    const grant = formatCapability(wanted)
    if (!missing.has(grant)) missing.set(grant, { grant, reason })
  }
  return [...missing.values()]
}

/** The handler that a panel runs by itself when it appears: it failed before the grant, so it is run after it. */
export function runAfterGrant(panel: Panel): { readonly handler: string; readonly args: Json } | undefined {
  const mount = panel.lifecycles.find(({ on }) => on === "mount")
  return mount && { handler: mount.run, args: null }
}
