import { createId, type InvitationAnswer, NexusError, Role } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { Accounts, InvitationList } from "./accounts.ts"
import { allows } from "./roles.ts"
import { createSecret, hashSecret } from "./secrets.ts"

/**
 * Invitations by address. This kernel sends no mail: the inviter gets the link, once, and sends it as they like. It is
 * good once, for whoever is signed in with that address; a link that went to the wrong person opens nothing.
 */
export function createInvitations(
  database: Database,
  clock: () => number,
  members: Pick<Accounts, "roleOf" | "setMember">,
): InvitationList {
  const open = () => ({ revokedAt: null, acceptedAt: null, expiresAt: { gt: BigInt(clock()) } })
  return {
    async createInvitation({ workspace, email, role, by, expiresAt }) {
      const code = createSecret()
      const now = clock()
      await database.invitation.updateMany({
        where: { workspaceId: workspace, email, ...open() },
        data: { revokedAt: BigInt(now) },
      })
      const row = await database.invitation.create({
        data: {
          id: createId("invitation"),
          codeHash: hashSecret(code),
          workspaceId: workspace,
          email,
          role,
          createdBy: by,
          createdAt: BigInt(now),
          expiresAt: BigInt(Math.ceil(expiresAt)),
        },
      })
      return { ...answerOf(row), code }
    },
    async invitationsOf(workspaceId) {
      const rows = await database.invitation.findMany({
        where: { workspaceId, ...open() },
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
      })
      return rows.map(answerOf)
    },
    async revokeInvitation(workspaceId, invitationId) {
      const { count } = await database.invitation.updateMany({
        where: { id: invitationId, workspaceId, ...open() },
        data: { revokedAt: BigInt(clock()) },
      })
      if (count === 0) throw new NexusError({ code: "not-found", what: "open invitation", id: invitationId })
    },
    async acceptInvitation(code, { id: userId, email }) {
      const codeHash = hashSecret(code)
      const row = await database.invitation.findFirst({ where: { codeHash, ...open() } })
      if (!row) throw new NexusError({ code: "not-found", what: "open invitation", id: `${code.slice(0, 6)}…` })
      if (row.email !== email) {
        const detail = `This invitation is for ${row.email}. Sign in with that address, or ask to be invited with yours.`
        throw new NexusError({ code: "forbidden", detail })
      }
      const { count } = await database.invitation.updateMany({
        where: { codeHash, ...open() },
        data: { acceptedAt: BigInt(clock()), acceptedBy: userId },
      })
      if (count === 0) throw new NexusError({ code: "not-found", what: "open invitation", id: row.id })
      const [workspace, offered] = [row.workspaceId, Role.parse(row.role)]
      const had = await members.roleOf(userId, workspace)
      if (had && allows(had, offered)) return { workspace, role: had, invitation: row.id }
      await members.setMember(workspace, userId, offered)
      return { workspace, role: offered, invitation: row.id }
    },
  }
}

type Row = Awaited<ReturnType<Database["invitation"]["findMany"]>>[number]

function answerOf({ id, email, role, createdAt, expiresAt }: Row): InvitationAnswer {
  return { id, email, role: Role.parse(role), createdAt: Number(createdAt), expiresAt: Number(expiresAt) }
}
