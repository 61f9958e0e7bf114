-- The texts of files, so that the index is written without asking the file store (docs/decisions/034). Derived: it is not archived, and goes with
-- its file.
-- CreateTable
CREATE TABLE "AttachmentText" (
    "attachmentId" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "AttachmentText_pkey" PRIMARY KEY ("attachmentId")
);

-- AddForeignKey
ALTER TABLE "AttachmentText" ADD CONSTRAINT "AttachmentText_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "Attachment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Months with files that have a text are indexed again: their texts are stored by that, and PDF files were found by their names alone.
INSERT INTO "SearchBackfill" SELECT m.month, parley_floor(m.at), parley_floor((m.at AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC')
FROM (SELECT replace(substr(c.relname, 9), '_', '-') AS month, to_date(substr(c.relname, 9), 'YYYY_MM')::timestamp AT TIME ZONE 'UTC' AS at
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = '"Message"'::regclass AND c.relname ~ '^Message_[0-9]{4}_[0-9]{2}$') m
WHERE EXISTS (SELECT 1 FROM "Attachment" a WHERE a."mimeType" ~ '^(text/|application/(json|xml|x-|javascript|sql|toml|pdf))'
  AND a."messageId" >= parley_floor(m.at) AND a."messageId" < parley_floor((m.at AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'))
ON CONFLICT (month) DO UPDATE SET since = excluded.since, before = excluded.before;
