-- Where the read pointers were that one call moved, and where to, so that it can be undone for a day.
CREATE TABLE "ReadUndo" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "conversationIds" UUID[],
    "seqsBefore" INTEGER[],
    "seqsAfter" INTEGER[],

    CONSTRAINT "ReadUndo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReadUndo_userId_idx" ON "ReadUndo"("userId");

-- CreateIndex
CREATE INDEX "ReadUndo_createdAt_idx" ON "ReadUndo"("createdAt");

-- AddForeignKey
ALTER TABLE "ReadUndo" ADD CONSTRAINT "ReadUndo_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
