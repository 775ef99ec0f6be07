import {
  covers,
  formatCapability,
  type GrantAnswer,
  type Panel,
  type PanelEntity,
  parseCapability,
} from "@nexus/protocol"
import { missingGrants } from "../canvas/missing-grants.ts"
import { inWords } from "./capability-words.ts"

/** A right of a panel: one that it holds, or one that it asks for. */
export interface Permission {
  /** `type:scope`, as it is granted. */
  readonly capability: string
  readonly says: string
  /** What the panel says it is for; absent when it does not declare it. */
  readonly reason?: string
  readonly since?: number
  readonly by?: GrantAnswer["by"]
}

export interface PanelPermissions {
  readonly panel: string
  readonly title: string
  readonly held: readonly Permission[]
  /** Declared, and not granted. */
  readonly wanted: readonly Permission[]
}

/**
 * What each panel holds and asks for; panels with neither are left out, the others stand by title. The graph is what is true now, so a right that was
 * taken back is gone from here at once; the kernel's list only tells since when and by whom.
 */
export function permissionsOf(
  panels: readonly PanelEntity[],
  read: (source: string) => Panel | undefined,
  known: readonly GrantAnswer[],
): readonly PanelPermissions[] {
  const rights = panels.flatMap(({ id, properties: { title, grants, source } }) => {
    const panel = read(source)
    const held = grants.map((grant) => {
      const told = known.find(({ panel, capability }) => panel === id && capability === grant)
      const reason = panel && reasonOf(panel, grant)
      return {
        capability: grant,
        says: inWords(grant),
        ...(reason === undefined ? {} : { reason }),
        ...(told?.since === undefined ? {} : { since: told.since }),
        ...(told?.by ? { by: told.by } : {}),
      }
    })
    const missing = panel ? missingGrants(panel, grants) : []
    const wanted = missing.map(({ grant, reason }) => ({ capability: grant, says: inWords(grant), reason }))
    return held.length + wanted.length === 0 ? [] : [{ panel: id, title, held, wanted }]
  })
  return rights.sort((a, b) => a.title.localeCompare(b.title) || (a.panel < b.panel ? -1 : 1))
}

function reasonOf({ capabilities }: Panel, grant: string): string | undefined {
  const granted = parseCapability(grant)
  if (!granted) return undefined
  const declared = capabilities.flatMap(({ type, scope, reason }) => {
    const capability = parseCapability(scope === "" ? type : `${type}:${scope}`)
    return capability ? [{ capability, reason }] : []
  })
  const same = declared.find(({ capability }) => formatCapability(capability) === grant)
  return (same ?? declared.find(({ capability }) => covers(granted, capability)))?.reason
}
