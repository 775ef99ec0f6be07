-- AlterTable
ALTER TABLE "Share" ADD COLUMN     "embedHosts" TEXT,
ADD COLUMN     "embedPanel" TEXT;
