-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "shareId" TEXT;

-- AlterTable
ALTER TABLE "Share" ADD COLUMN     "uses" INTEGER NOT NULL DEFAULT 0;
