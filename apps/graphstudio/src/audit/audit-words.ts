import type { AuditAction, AuditEntry } from "@nexus/protocol"
import { LANGUAGE } from "../words/language.ts"
import { say, sayAgain } from "../words/say.ts"

/** What an entry says, after the name of who did it. */
const WORDS = {
  "account.registered": say("signed up"),
  "account.renamed": say("took another name"),
  "account.exported": say("took everything kept about the account"),
  "account.erased": say("erased the account"),
  "account.tier-set": say("set the tier of an account"),
  "sign-in.succeeded": say("signed in"),
  "sign-in.failed": say("failed to sign in"),
  "sign-in.ended": say("signed out"),
  "sign-in.reused": say("used a token a second time, so the session ended"),
  "sessions.ended": say("signed out other sessions"),
  "password.changed": say("changed the password"),
  "second-factor.enrolled": say("turned two-step sign-in on"),
  "second-factor.removed": say("turned two-step sign-in off"),
  "second-factor.failed": say("gave a wrong code"),
  "recovery-codes.made": say("made new recovery codes"),
  "recovery-code.used": say("used a recovery code"),
  "api-key.created": say("made an API key"),
  "api-key.revoked": say("revoked an API key"),
  "connected-account.added": say("connected an account elsewhere"),
  "connected-account.removed": say("disconnected an account elsewhere"),
  "invitation.created": say("invited somebody"),
  "invitation.accepted": say("accepted an invitation"),
  "invitation.revoked": say("took an invitation back"),
  "workspace.created": say("made the workspace"),
  "workspace.deleted": say("removed the workspace"),
  "workspace.exported": say("exported the workspace"),
  "workspace.imported": say("imported the workspace"),
  "workspace.tier-set": say("set the tier"),
  "workspace.limits-set": say("set what handlers may use"),
  "member.role-set": say("set a role"),
  "member.removed": say("removed a member"),
  "panel.narrowed": say("narrowed a panel"),
  "share.created": say("made a share link"),
  "share.joined": say("joined by a share link"),
  "share.revoked": say("stopped a share link"),
  "grant.given": say("gave a right"),
  "grant.taken": say("took a right back"),
  "remote.added": say("added a remote"),
  "remote.removed": say("removed a remote"),
  "remote.pushed": say("pushed to a remote"),
  "remote.pulled": say("pulled from a remote"),
  "quota.refused": say("was refused: a limit is reached"),
  "settings.changed": say("changed the settings"),
  "audit.exported": say("exported the log"),
  "kernel.started": say("started Nexus"),
  "kernel.stopped": say("stopped Nexus"),
} satisfies Record<AuditAction, string>

/** The things that happen in a workspace, as a person would look for them. */
export const WORKSPACE_KINDS: readonly (readonly [string, readonly AuditAction[]])[] = [
  [say("Members"), ["member.role-set", "member.removed", "share.joined", "invitation.accepted"]],
  [say("Links and invitations"), ["share.created", "share.revoked", "invitation.created", "invitation.revoked"]],
  [say("Rights"), ["panel.narrowed", "grant.given", "grant.taken"]],
  [say("Workspace"), ["workspace.created", "workspace.exported", "workspace.imported", "audit.exported"]],
  [say("Limits"), ["workspace.limits-set", "workspace.tier-set", "quota.refused"]],
  [say("Remotes"), ["remote.added", "remote.removed", "remote.pushed", "remote.pulled"]],
]

export function actionWords(action: AuditAction): string {
  return WORDS[action]
}

const FACTS: Readonly<Record<string, string>> = {
  role: say("role"),
  expiresAt: say("until"),
  format: say("format"),
  grant: say("right"),
  by: say("by"),
  level: say("may"),
  method: say("by way of"),
  device: say("device"),
  tier: say("tier"),
  what: say("of"),
  limit: say("limit"),
  history: say("with history"),
  name: say("name"),
  url: say("address"),
  branch: say("branch"),
  email: say("email"),
}

/** The small facts of an entry in one line; `nameOf` knows the ids of people and panels. */
export function detailWords({ target, actor, detail }: AuditEntry, nameOf: (id: string) => string | undefined): string {
  const about = target === undefined || target === actor?.id ? undefined : nameOf(target)
  const told = Object.entries(detail).filter(([fact, value]) => {
    // That it was a person is what the name says, and its place in the journal is for an export.
    if (fact === "seq" || (fact === "by" && value === "person")) return false
    return nameOf(String(value)) !== undefined || !isId(value)
  })
  const facts = told.map(([fact, value]) => {
    const text =
      /at$/i.test(fact) && typeof value === "number" ? new Date(value).toLocaleDateString(LANGUAGE) : String(value)
    const name = FACTS[fact] ?? fact.replaceAll(/([A-Z])/g, " $1").toLowerCase()
    return say("{name} {value}", { name, value: nameOf(text) ?? sayAgain(text) })
  })
  return [...(about === undefined ? [] : [about]), ...facts].join(", ")
}

/** An id without a name tells a person nothing; an export has it. */
function isId(value: unknown): boolean {
  return typeof value === "string" && /^[a-z]+_[a-z0-9]{12,}$/.test(value)
}
