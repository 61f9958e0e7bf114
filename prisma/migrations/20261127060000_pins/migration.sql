-- Messages that people keep at hand in their conversation (docs/decisions/033).
CREATE TABLE "Pin" (
    "messageId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Pin_pkey" PRIMARY KEY ("messageId")
);

-- CreateIndex
CREATE INDEX "Pin_conversationId_createdAt_messageId_idx" ON "Pin"("conversationId", "createdAt" DESC, "messageId" DESC);

-- CreateIndex
CREATE INDEX "Pin_userId_idx" ON "Pin"("userId");

-- AddForeignKey
ALTER TABLE "Pin" ADD CONSTRAINT "Pin_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pin" ADD CONSTRAINT "Pin_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN "pinVersion" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Archive" ADD COLUMN "pins" INTEGER NOT NULL DEFAULT 0;
