-- AlterTable
ALTER TABLE "Member" ADD COLUMN "shareId" TEXT;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Share" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "codeHash" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "expiresAt" BIGINT NOT NULL,
    "revokedAt" BIGINT,
    "uses" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Share_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Share" ("codeHash", "createdAt", "createdBy", "expiresAt", "id", "revokedAt", "role", "workspaceId") SELECT "codeHash", "createdAt", "createdBy", "expiresAt", "id", "revokedAt", "role", "workspaceId" FROM "Share";
DROP TABLE "Share";
ALTER TABLE "new_Share" RENAME TO "Share";
CREATE UNIQUE INDEX "Share_codeHash_key" ON "Share"("codeHash");
CREATE INDEX "Share_workspaceId_idx" ON "Share"("workspaceId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
