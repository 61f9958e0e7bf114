-- What messages are found by (docs/decisions/031). Written after a message's commit, by a job, never by parley_send.
CREATE TABLE "MessageSearch" (
    "messageId" UUID NOT NULL,
    "conversationId" UUID NOT NULL,
    "editedAt" TIMESTAMPTZ(3),
    "search" tsvector NOT NULL DEFAULT ''::tsvector,

    CONSTRAINT "MessageSearch_pkey" PRIMARY KEY ("messageId")
) PARTITION BY RANGE ("messageId");

-- CreateIndex
CREATE INDEX "MessageSearch_search_idx" ON "MessageSearch" USING GIN ("search");

CREATE TABLE "MessageSearch_default" PARTITION OF "MessageSearch" DEFAULT;

-- CreateTable: up to which rev a conversation's changes are in the index. Apart from "Conversation", whose rows every send locks and
-- updates; without a foreign key to it, which would lock them, too.
CREATE TABLE "SearchProgress" (
    "conversationId" UUID NOT NULL,
    "rev" INTEGER NOT NULL,

    CONSTRAINT "SearchProgress_pkey" PRIMARY KEY ("conversationId")
);

-- CreateTable: conversations with changes that are not in the index yet.
CREATE TABLE "SearchPending" (
    "conversationId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SearchPending_pkey" PRIMARY KEY ("conversationId")
);

-- CreateTable: months whose messages are there without being in the index, from the newest to the oldest: what an upgrade finds, and
-- what was restored. "before": those from there on are done.
CREATE TABLE "SearchBackfill" (
    "month" TEXT NOT NULL,
    "since" UUID NOT NULL,
    "before" UUID NOT NULL,

    CONSTRAINT "SearchBackfill_pkey" PRIMARY KEY ("month")
);

-- As in 20261121000001_write_path, and the same of what its messages are found by. Several months ahead, as they are made anyway.
CREATE OR REPLACE FUNCTION parley_make_partitions(since timestamptz, until timestamptz) RETURNS int LANGUAGE plpgsql AS $fn$
DECLARE
  month timestamptz := date_trunc('month', since, 'UTC');
  part text;
  bounds text;
  made int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('parley_make_partitions'));
  WHILE month <= until LOOP
    part := 'Message_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    bounds := format('FOR VALUES FROM (%L) TO (%L)', parley_floor(month),
      parley_floor((month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'));
    IF to_regclass(format('%I', part)) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE "Message" INCLUDING ALL) WITH (fillfactor = 85)', part);
      EXECUTE format('ALTER TABLE "Message" ATTACH PARTITION %I %s', part, bounds);
      made := made + 1;
    END IF;
    part := replace(part, 'Message_', 'MessageSearch_');
    IF to_regclass(format('%I', part)) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE "MessageSearch" INCLUDING ALL)', part);
      EXECUTE format('ALTER TABLE "MessageSearch" ATTACH PARTITION %I %s', part, bounds);
    END IF;
    month := (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
  END LOOP;
  RETURN made;
END $fn$;

-- The months that there are; a database that has messages has them indexed in the background.
DO $$
DECLARE m text;
BEGIN
  FOR m IN SELECT replace(substr(c.relname, 9), '_', '-') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = '"Message"'::regclass AND c.relname ~ '^Message_[0-9]{4}_[0-9]{2}$' LOOP
    PERFORM parley_make_partitions(to_date(m, 'YYYY-MM')::timestamp AT TIME ZONE 'UTC', to_date(m, 'YYYY-MM')::timestamp AT TIME ZONE 'UTC');
    IF EXISTS (SELECT 1 FROM "Message" WHERE id >= parley_floor(to_date(m, 'YYYY-MM')::timestamp AT TIME ZONE 'UTC')
        AND id < parley_floor((to_date(m, 'YYYY-MM') + interval '1 month') AT TIME ZONE 'UTC')) THEN
      INSERT INTO "SearchBackfill" VALUES (m, parley_floor(to_date(m, 'YYYY-MM')::timestamp AT TIME ZONE 'UTC'),
        parley_floor((to_date(m, 'YYYY-MM') + interval '1 month') AT TIME ZONE 'UTC'));
    END IF;
  END LOOP;
  IF EXISTS (SELECT 1 FROM "Message_default") THEN
    INSERT INTO "SearchBackfill" VALUES ('default', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  END IF;
END $$;

-- What changes from here on comes by the feed.
INSERT INTO "SearchProgress" SELECT id, "lastRev" FROM "Conversation";
