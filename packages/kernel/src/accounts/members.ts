import { NexusError, Role } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { Accounts } from "./accounts.ts"
import { userOf } from "./people.ts"

type Members = Pick<
  Accounts,
  | "roleOf"
  | "workspacesOf"
  | "workspaces"
  | "addWorkspace"
  | "removeWorkspace"
  | "membersOf"
  | "setMember"
  | "removeMember"
>

/** Roles in workspaces. A workspace never loses its last owner: each write says so itself, in one statement. */
export function createMembers(
  database: Database,
  clock: () => number,
  admit: (workspace: string, members: number) => Promise<void> = async () => undefined,
): Members {
  const roleOf = async (userId: string, workspaceId: string): Promise<Role | undefined> => {
    const row = await database.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId } } })
    return row ? Role.parse(row.role) : undefined
  }
  const refuseLastOwner = () => {
    const detail = "A workspace keeps at least one owner. Make somebody else an owner first."
    return new NexusError({ code: "conflict", detail })
  }
  return {
    roleOf,
    async workspacesOf(userId) {
      const rows = await database.member.findMany({ where: { userId }, include: { workspace: true } })
      const sorted = rows.sort((a, b) => Number(a.workspace.createdAt - b.workspace.createdAt))
      return sorted.map(({ workspaceId, role }) => ({ workspace: workspaceId, role: Role.parse(role) }))
    },
    async workspaces() {
      const rows = await database.workspace.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] })
      return rows.map(({ id }) => id)
    },
    async addWorkspace(workspaceId, ownerId) {
      const createdAt = BigInt(clock())
      await database.workspace.create({ data: { id: workspaceId, createdAt } })
      await database.member.create({ data: { workspaceId, userId: ownerId, role: "owner", createdAt } })
    },
    async removeWorkspace(workspaceId) {
      await database.workspace.deleteMany({ where: { id: workspaceId } })
    },
    async membersOf(workspaceId) {
      const rows = await database.member.findMany({
        where: { workspaceId },
        include: { user: true },
        orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
      })
      return rows.map(({ user, role }) => ({ user: userOf(user), role: Role.parse(role) }))
    },
    async setMember(workspaceId, userId, role) {
      const user = await database.user.findUnique({ where: { id: userId } })
      if (!user) throw new NexusError({ code: "not-found", what: "user", id: userId })
      if (!(await roleOf(userId, workspaceId)))
        await admit(workspaceId, await database.member.count({ where: { workspaceId } }))
      const changed = await database.$executeRaw`
        INSERT INTO "Member" ("workspaceId", "userId", role, "createdAt")
        VALUES (${workspaceId}, ${userId}, ${role}, ${BigInt(clock())})
        ON CONFLICT ("workspaceId", "userId") DO UPDATE SET role = excluded.role
        WHERE "Member".role <> 'owner' OR excluded.role = 'owner'
          OR (SELECT count(*) FROM "Member" m WHERE m."workspaceId" = excluded."workspaceId" AND m.role = 'owner') > 1`
      if (changed === 0) throw refuseLastOwner()
    },
    async removeMember(workspaceId, userId) {
      const changed = await database.$executeRaw`
        DELETE FROM "Member" WHERE "workspaceId" = ${workspaceId} AND "userId" = ${userId}
          AND (role <> 'owner'
            OR (SELECT count(*) FROM "Member" m WHERE m."workspaceId" = ${workspaceId} AND m.role = 'owner') > 1)`
      if (changed > 0) return
      if ((await roleOf(userId, workspaceId)) === "owner") throw refuseLastOwner()
      throw new NexusError({ code: "not-found", what: "member", id: userId })
    },
  }
}
