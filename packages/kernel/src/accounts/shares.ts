import { createId, EmbedHosts, NexusError, Role } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { Accounts } from "./accounts.ts"
import { createEmbedCode } from "./embeds.ts"
import type { Endings } from "./endings.ts"
import { userOf } from "./people.ts"
import { allows } from "./roles.ts"
import { createSecret, hashSecret } from "./secrets.ts"

type Shares = Pick<Accounts, "createShare" | "sharesOf" | "revokeShare" | "cameBy" | "joinShare">

/**
 * Links that make people members: everyone who has one may join until it expires or is revoked. One with sites stands
 * readable in their pages, so nobody joins by it; what it opens is in `embeds.ts`.
 */
export function createShares(
  database: Database,
  clock: () => number,
  endings: Endings,
  members: Pick<Accounts, "roleOf" | "setMember">,
): Shares {
  const cameBy: Shares["cameBy"] = async (workspaceId, shareId) => {
    const rows = await database.member.findMany({
      where: { workspaceId, shareId },
      include: { user: true },
      orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
    })
    return rows.map(({ user, role }) => ({ user: userOf(user), role: Role.parse(role) }))
  }
  return {
    cameBy,
    async createShare({ workspace, role, by, expiresAt, embedHosts, embedPanel }) {
      const code = embedHosts ? createEmbedCode() : createSecret()
      const id = createId("share")
      const createdAt = clock()
      const times = { createdAt: BigInt(createdAt), expiresAt: BigInt(expiresAt) }
      const embed = { embedHosts: embedHosts ? JSON.stringify(embedHosts) : null, embedPanel: embedPanel ?? null }
      const data = { id, codeHash: hashSecret(code), workspaceId: workspace, role, createdBy: by, ...times, ...embed }
      await database.share.create({ data })
      return { id, role, createdAt, expiresAt, uses: 0, people: [], ...embedOf(embed), code }
    },
    async sharesOf(workspaceId) {
      const rows = await database.share.findMany({
        where: { workspaceId, revokedAt: null, expiresAt: { gt: BigInt(clock()) } },
        orderBy: { createdAt: "asc" },
      })
      return Promise.all(
        rows.map(async ({ id, role, createdAt, expiresAt, uses, ...embed }) => ({
          id,
          role: Role.parse(role),
          createdAt: Number(createdAt),
          expiresAt: Number(expiresAt),
          uses,
          people: (await cameBy(workspaceId, id)).map(({ user }) => user),
          ...embedOf(embed),
        })),
      )
    },
    async revokeShare(workspaceId, shareId) {
      const { count } = await database.share.updateMany({
        where: { id: shareId, workspaceId, revokedAt: null },
        data: { revokedAt: BigInt(clock()) },
      })
      if (count === 0) throw new NexusError({ code: "not-found", what: "share", id: shareId })
      endings.tell({ user: shareId, ids: [shareId] })
    },
    async joinShare(code, userId) {
      const row = await database.share.findUnique({ where: { codeHash: hashSecret(code) } })
      if (!row || row.embedHosts !== null || row.revokedAt !== null || row.expiresAt <= BigInt(clock())) {
        throw new NexusError({ code: "not-found", what: "share link", id: `${code.slice(0, 6)}…` })
      }
      const workspace = row.workspaceId
      const offered = Role.parse(row.role)
      const had = await members.roleOf(userId, workspace)
      if (had && allows(had, offered)) return { workspace, role: had }
      await members.setMember(workspace, userId, offered)
      await database.share.update({ where: { id: row.id }, data: { uses: { increment: 1 } } })
      if (!had)
        await database.member.updateMany({ where: { workspaceId: workspace, userId }, data: { shareId: row.id } })
      return { workspace, role: offered }
    },
  }
}

function embedOf({
  embedHosts,
  embedPanel,
}: {
  readonly embedHosts: string | null
  readonly embedPanel: string | null
}) {
  return {
    ...(embedHosts === null ? {} : { embedHosts: EmbedHosts.parse(JSON.parse(embedHosts)) }),
    ...(embedPanel === null ? {} : { embedPanel }),
  }
}
