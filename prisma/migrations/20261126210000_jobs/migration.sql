-- Work that outlives a process (docs/decisions/030).
-- CreateTable
CREATE TABLE "Job" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT,
    "ownerId" UUID,
    "payload" JSONB NOT NULL,
    "runAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "requests" INTEGER NOT NULL DEFAULT 1,
    "token" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TIMESTAMPTZ(3),
    "lockedBy" TEXT NOT NULL DEFAULT '',
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "result" JSONB,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),
    "failedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- Partial, so that what is done costs the queue nothing.
-- CreateIndex
CREATE INDEX "Job_open" ON "Job"("kind", "runAt") WHERE ("doneAt" IS NULL) AND ("failedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Job_owner" ON "Job"("ownerId") WHERE "ownerId" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Job_done" ON "Job"("doneAt") WHERE "doneAt" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Job_failed" ON "Job"("failedAt") WHERE "failedAt" IS NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Job_kind_key_open" ON "Job"("kind", "key") WHERE ("doneAt" IS NULL) AND ("failedAt" IS NULL);

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
