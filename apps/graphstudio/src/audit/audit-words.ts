import type { AuditAction, AuditEntry } from "@nexus/protocol"

/** What an entry says, after the name of who did it. */
const WORDS = {
  "account.registered": "signed up",
  "account.renamed": "took another name",
  "account.exported": "took everything kept about the account",
  "account.erased": "erased the account",
  "account.tier-set": "set the tier of an account",
  "sign-in.succeeded": "signed in",
  "sign-in.failed": "failed to sign in",
  "sign-in.ended": "signed out",
  "sign-in.reused": "used a token a second time, so the session ended",
  "sessions.ended": "signed out other sessions",
  "password.changed": "changed the password",
  "second-factor.enrolled": "turned two-step sign-in on",
  "second-factor.removed": "turned two-step sign-in off",
  "second-factor.failed": "gave a wrong code",
  "recovery-codes.made": "made new recovery codes",
  "recovery-code.used": "used a recovery code",
  "api-key.created": "made an API key",
  "api-key.revoked": "revoked an API key",
  "connected-account.added": "connected an account elsewhere",
  "connected-account.removed": "disconnected an account elsewhere",
  "invitation.created": "invited somebody",
  "invitation.accepted": "accepted an invitation",
  "invitation.revoked": "took an invitation back",
  "workspace.created": "made the workspace",
  "workspace.deleted": "removed the workspace",
  "workspace.exported": "exported the workspace",
  "workspace.imported": "imported the workspace",
  "workspace.tier-set": "set the tier",
  "workspace.limits-set": "set what handlers may use",
  "member.role-set": "set a role",
  "member.removed": "removed a member",
  "panel.narrowed": "narrowed a panel",
  "share.created": "made a share link",
  "share.joined": "joined by a share link",
  "share.revoked": "stopped a share link",
  "grant.given": "gave a right",
  "grant.taken": "took a right back",
  "remote.added": "added a remote",
  "remote.removed": "removed a remote",
  "remote.pushed": "pushed to a remote",
  "remote.pulled": "pulled from a remote",
  "quota.refused": "was refused: a limit is reached",
  "settings.changed": "changed the settings",
  "audit.exported": "exported the log",
} satisfies Record<AuditAction, string>

/** The things that happen in a workspace, as a person would look for them. */
export const WORKSPACE_KINDS: readonly (readonly [string, readonly AuditAction[]])[] = [
  ["Members", ["member.role-set", "member.removed", "share.joined", "invitation.accepted"]],
  ["Links and invitations", ["share.created", "share.revoked", "invitation.created", "invitation.revoked"]],
  ["Rights", ["panel.narrowed", "grant.given", "grant.taken"]],
  ["Workspace", ["workspace.created", "workspace.exported", "workspace.imported", "audit.exported"]],
  ["Limits", ["workspace.limits-set", "workspace.tier-set", "quota.refused"]],
  ["Remotes", ["remote.added", "remote.removed", "remote.pushed", "remote.pulled"]],
]

export function actionWords(action: AuditAction): string {
  return WORDS[action]
}

/** The small facts of an entry in one line; `nameOf` knows the ids of people and panels. */
export function detailWords({ target, actor, detail }: AuditEntry, nameOf: (id: string) => string | undefined): string {
  const about = target === undefined || target === actor?.id ? undefined : nameOf(target)
  const told = Object.entries(detail).filter(([, value]) => nameOf(String(value)) !== undefined || !isId(value))
  const facts = told.map(([fact, value]) => {
    const text = /at$/i.test(fact) && typeof value === "number" ? new Date(value).toLocaleDateString() : String(value)
    return `${fact.replaceAll(/([A-Z])/g, " $1").toLowerCase()} ${nameOf(text) ?? text}`
  })
  return [...(about === undefined ? [] : [about]), ...facts].join(", ")
}

/** An id without a name tells a person nothing; an export has it. */
function isId(value: unknown): boolean {
  return typeof value === "string" && /^[a-z]+_[a-z0-9]{12,}$/.test(value)
}
