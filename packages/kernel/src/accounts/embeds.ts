import { EmbedHosts, NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { Identity } from "./accounts.ts"
import { createSecret, hashSecret } from "./secrets.ts"

/**
 * Looking in by a share link that names sites. Its code stands in those sites' pages for everybody to read, so it is
 * worth little: it opens the stream for one workspace, or one panel of it, as nobody, and no endpoint takes it. To let
 * an embed be its visitor's own sign-in was refused: a page that may frame us would then move a signed-in hand.
 */
export interface Embeds {
  /** The sites that a link names, whether it still works or not; what is revoked may say so where it was shown. */
  hostsOf(shareId: string): Promise<readonly string[] | undefined>
  /** Throws `unauthenticated` for what is no code, and for a link that has ended. */
  lookIn(code: string): Promise<Identity>
  /** The links for embedding that a workspace has. */
  of(workspaceId: string): Promise<readonly string[]>
  /** Those of `ids` that are links for embedding and still work. */
  liveAmong(ids: readonly string[]): Promise<readonly string[]>
}

const PREFIX = "nxe_"

export function isEmbedCode(token: string): boolean {
  return token.startsWith(PREFIX)
}

export function createEmbedCode(): string {
  return `${PREFIX}${createSecret()}`
}

export function createEmbeds(database: Database, clock: () => number): Embeds {
  return {
    async hostsOf(shareId) {
      const row = await database.share.findUnique({ where: { id: shareId } })
      return row?.embedHosts ? EmbedHosts.parse(JSON.parse(row.embedHosts)) : undefined
    },
    async lookIn(code) {
      const row = await database.share.findUnique({ where: { codeHash: hashSecret(code) } })
      if (!row || row.embedHosts === null || row.revokedAt !== null || row.expiresAt <= BigInt(clock())) {
        throw new NexusError({ code: "unauthenticated", detail: "This link has ended, or never was one." })
      }
      const { id, workspaceId, embedPanel } = row
      const embed = { id, workspace: workspaceId, ...(embedPanel === null ? {} : { panel: embedPanel }) }
      return { user: { id, name: "A page that shows this", email: "" }, embed }
    },
    async of(workspaceId) {
      const rows = await database.share.findMany({
        where: { workspaceId, embedHosts: { not: null } },
        select: { id: true },
      })
      return rows.map(({ id }) => id)
    },
    async liveAmong(ids) {
      const rows = await database.share.findMany({
        where: { id: { in: [...ids] }, embedHosts: { not: null }, revokedAt: null, expiresAt: { gt: BigInt(clock()) } },
        select: { id: true },
      })
      return rows.map(({ id }) => id)
    },
  }
}
