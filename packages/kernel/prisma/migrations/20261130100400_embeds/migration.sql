-- AlterTable
ALTER TABLE "Share" ADD COLUMN "embedHosts" TEXT;
ALTER TABLE "Share" ADD COLUMN "embedPanel" TEXT;
