-- CreateTable
CREATE TABLE "AuditEntry" (
    "n" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "actor" TEXT,
    "action" TEXT NOT NULL,
    "workspace" TEXT,
    "target" TEXT,
    "detail" TEXT NOT NULL,
    "personal" TEXT,
    "personalHash" TEXT,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("n")
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "id" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditEntry_workspace_n_idx" ON "AuditEntry"("workspace", "n");

-- CreateIndex
CREATE INDEX "AuditEntry_actor_n_idx" ON "AuditEntry"("actor", "n");

-- CreateIndex
CREATE INDEX "AuditEntry_target_n_idx" ON "AuditEntry"("target", "n");
