import type { Change } from "@nexus/protocol"
import type { AuditRecord } from "./audit.ts"

/** The rights that a change gave to panels and took from them by name; a panel that is removed is in the journal alone. */
export function grantsOf({ workspace, seq, cause, operations }: Change): AuditRecord[] {
  const { actor } = cause
  const record = (panel: string, grant: string, granted: boolean): AuditRecord => ({
    actor: actor.id,
    action: granted ? "grant.given" : "grant.taken",
    workspace,
    target: panel,
    detail: { grant: grant.slice(0, 400), seq, by: actor.kind },
  })
  return operations.flatMap((operation) => {
    if (operation.kind === "panel_grant") return [record(operation.panel, operation.grant, operation.granted)]
    if (operation.kind !== "entity_add") return []
    const { grants } = operation.entity.properties
    const given = Array.isArray(grants) ? grants.filter((grant) => typeof grant === "string") : []
    return given.map((grant) => record(operation.entity.id, grant, true))
  })
}
