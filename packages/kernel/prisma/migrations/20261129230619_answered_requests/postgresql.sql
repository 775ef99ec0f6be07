-- CreateTable
CREATE TABLE "AnsweredRequest" (
    "userId" TEXT NOT NULL,
    "keyHash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "expiresAt" BIGINT NOT NULL,
    "status" INTEGER,
    "answer" TEXT,

    CONSTRAINT "AnsweredRequest_pkey" PRIMARY KEY ("userId","keyHash")
);

-- CreateIndex
CREATE INDEX "AnsweredRequest_expiresAt_idx" ON "AnsweredRequest"("expiresAt");
