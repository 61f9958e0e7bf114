-- Months of messages that move to the file store (docs/decisions/013).

-- CreateEnum
CREATE TYPE "ArchiveState" AS ENUM ('CLOSING', 'ARCHIVED', 'RESTORED');

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN "archivedSeq" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Archive" (
    "month" TEXT NOT NULL,
    "state" "ArchiveState" NOT NULL,
    "fileId" UUID NOT NULL,
    "sha256" TEXT,
    "size" BIGINT,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "attachments" INTEGER NOT NULL DEFAULT 0,
    "reactions" INTEGER NOT NULL DEFAULT 0,
    "mentions" INTEGER NOT NULL DEFAULT 0,
    "archivedAt" TIMESTAMPTZ(3),
    "keepUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Archive_pkey" PRIMARY KEY ("month")
);

-- CreateTable
CREATE TABLE "ArchivedFile" (
    "id" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "conversationId" UUID NOT NULL,

    CONSTRAINT "ArchivedFile_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Archive_fileId_key" ON "Archive"("fileId");

-- CreateIndex
CREATE INDEX "ArchivedFile_month_idx" ON "ArchivedFile"("month");

-- CreateIndex
CREATE INDEX "ArchivedFile_conversationId_idx" ON "ArchivedFile"("conversationId");

-- AddForeignKey
ALTER TABLE "ArchivedFile" ADD CONSTRAINT "ArchivedFile_month_fkey" FOREIGN KEY ("month") REFERENCES "Archive"("month") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArchivedFile" ADD CONSTRAINT "ArchivedFile_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The month (UTC) that a message's id belongs to, such as 2026-01.
CREATE FUNCTION parley_month(id uuid) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT to_char(to_timestamp((parley_tick(id) >> 12) / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM') $$;

-- Hangs on the partition of a month that is being archived: what changed there now would be lost with it. Asked again at every row,
-- because a month whose archiving failed is open again. "Try again" is the right answer: by then the message is not found.
CREATE FUNCTION parley_refuse_closed() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $fn$
BEGIN
  IF EXISTS (SELECT 1 FROM "Archive" a WHERE a.month = TG_ARGV[0] AND a.state = 'CLOSING') THEN
    RAISE 'the messages of % are just being archived', TG_ARGV[0] USING ERRCODE = 'lock_not_available';
  END IF;
  RETURN coalesce(NEW, OLD);
END $fn$;

-- From here on nobody changes a message of that month. Creating the trigger waits for whoever is changing one, and whoever comes
-- later waits for this transaction: set a short lock_timeout.
CREATE FUNCTION parley_close_month(closing text, file uuid) RETURNS boolean LANGUAGE plpgsql AS $fn$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER parley_closed BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION parley_refuse_closed(%L)',
    'Message_' || replace(closing, '-', '_'), closing);
  INSERT INTO "Archive" AS a (month, state, "fileId") VALUES (closing, 'CLOSING', file)
    ON CONFLICT (month) DO UPDATE SET state = 'CLOSING', "fileId" = file, "keepUntil" = NULL WHERE a.state <> 'ARCHIVED';
  RETURN FOUND;
END $fn$;

-- As before, and a pointer does not go back to where messages have been archived: what nobody can see is not unread.
CREATE OR REPLACE FUNCTION parley_read(conv uuid, person uuid, wanted int, back boolean)
RETURNS TABLE ("lastReadSeq" int, "unreadCount" int, "mentionCount" int, "lastReadAt" timestamptz, moved boolean)
LANGUAGE plpgsql VOLATILE AS $fn$
#variable_conflict use_column
DECLARE was int; own int; last int; gone int; target int;
BEGIN
  SELECT p."lastReadSeq", p."ownSinceRead" INTO was, own FROM "Participant" p
    WHERE p."conversationId" = conv AND p."userId" = person AND p."leftAt" IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT c."lastSeq", c."archivedSeq" INTO last, gone FROM "Conversation" c WHERE c.id = conv AND c."deletedAt" IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  target := CASE WHEN back THEN least(was, greatest(wanted, gone)) ELSE greatest(was, least(wanted, last)) END;
  moved := target <> was;
  IF moved THEN
    -- seq has no gaps, so the newest (last - target) messages are those after the pointer.
    IF target = last OR (own = 0 AND target > was) THEN own := 0;
    ELSE
      SELECT count(*) FILTER (WHERE m."senderId" = person) INTO own FROM (
        SELECT n."senderId" FROM "Message" n WHERE n."conversationId" = conv AND n.type <> 'SYSTEM' AND n.seq <= last
        ORDER BY n.id DESC LIMIT last - target) m;
    END IF;
    UPDATE "Participant" p SET "lastReadSeq" = target, "ownSinceRead" = own, "lastReadAt" = now(),
        "lastDeliveredSeq" = greatest(p."lastDeliveredSeq", target)
      WHERE p."conversationId" = conv AND p."userId" = person;
  END IF;
  RETURN QUERY SELECT p."lastReadSeq", greatest(last - p."lastReadSeq" - p."ownSinceRead", 0),
      (SELECT count(*)::int FROM "Mention" m WHERE m."userId" = person AND m."conversationId" = conv AND m.seq > p."lastReadSeq"),
      p."lastReadAt", moved
    FROM "Participant" p WHERE p."conversationId" = conv AND p."userId" = person;
END $fn$;
