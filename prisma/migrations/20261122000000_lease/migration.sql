-- What only one node does at a time: its upkeep.
-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL,
    "token" INTEGER NOT NULL DEFAULT 0,
    "holder" TEXT NOT NULL DEFAULT '',
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);
