-- What one has read and what one drafts change on several devices at once, and their events overtake each other. Each counts its
-- changes, so that a client drops what is older than what it has.
ALTER TABLE "Participant" ADD COLUMN "readVersion" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "draftVersion" INTEGER NOT NULL DEFAULT 0;

-- The same functions, with one more column in their answers: readVersion, where the read pointer moved. Made anew, because a function's
-- columns cannot be added to. Servers of the version before read their columns by name.
DROP FUNCTION parley_send(uuid[], uuid[], text[], text[], text[], uuid[], jsonb[], int[], uuid[], int[], uuid[]);
DROP FUNCTION parley_send_one(uuid, uuid, text, text);
DROP FUNCTION parley_read(uuid, uuid, int, boolean);

-- See 20261121000001_write_path.
CREATE FUNCTION parley_send(convs uuid[], senders uuid[], cmids text[], types text[], contents text[], replies uuid[], metas jsonb[],
  att_ord int[] DEFAULT '{}', att_id uuid[] DEFAULT '{}', men_ord int[] DEFAULT '{}', men_user uuid[] DEFAULT '{}')
RETURNS TABLE (ord int, status text, id uuid, seq int, rev int, "createdAt" timestamptz, "memberRev" int, "readTo" int, "readVersion" int)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off SET lock_timeout = '2s' AS $fn$
#variable_conflict use_column
DECLARE x record; bad_reply int[] := '{}'; bad_att int[] := '{}'; stored int[] := '{}';
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE 'parley_send needs READ COMMITTED'; END IF;
  PERFORM 1 FROM "Conversation" c WHERE c.id = ANY (convs) ORDER BY c.id FOR NO KEY UPDATE;
  PERFORM 1 FROM (SELECT DISTINCT u.c, u.s FROM unnest(convs, senders) AS u(c, s)) k
    JOIN "Participant" p ON p."conversationId" = k.c AND p."userId" = k.s ORDER BY p."conversationId", p."userId" FOR NO KEY UPDATE OF p;
  -- Rare things stay out of the hot statement: an EXISTS on many partitions costs even when nothing asks.
  IF array_remove(replies, NULL) <> '{}' THEN
    SELECT coalesce(array_agg(u.o), '{}') INTO bad_reply FROM unnest(convs, replies) WITH ORDINALITY AS u(c, re, o)
    WHERE u.re IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Message" m WHERE m.id = u.re AND m."conversationId" = u.c AND m.type <> 'SYSTEM');
  END IF;
  IF att_id <> '{}' THEN
    PERFORM 1 FROM "Attachment" a WHERE a.id = ANY (att_id) ORDER BY a.id FOR UPDATE;
    -- Free, the sender's own, nobody's face, and under the first message of the batch that asks for it.
    SELECT coalesce(array_agg(DISTINCT u.o), '{}') INTO bad_att FROM unnest(att_ord, att_id) AS u(o, id)
    WHERE NOT EXISTS (SELECT 1 FROM "Attachment" a WHERE a.id = u.id AND a."messageId" IS NULL AND a."uploaderId" = senders[u.o]
        AND NOT EXISTS (SELECT 1 FROM "User" f WHERE f."imageId" = a.id)
        AND NOT EXISTS (SELECT 1 FROM "Conversation" f WHERE f."imageId" = a.id))
      OR EXISTS (SELECT 1 FROM unnest(att_ord, att_id) AS w(o, id) WHERE w.id = u.id AND w.o < u.o);
  END IF;
  -- One statement, a new snapshot: it sees all that those we waited for committed.
  FOR x IN
    WITH h AS MATERIALIZED (
      SELECT c.id, c."lastSeq", c."lastRev", c."memberRev",
        greatest((extract(epoch FROM clock_timestamp()) * 1000)::bigint << 12, coalesce(parley_tick(c."headId") + 1, 0)) AS tick
      FROM "Conversation" c WHERE c.id = ANY (convs) AND c."deletedAt" IS NULL),
    v AS MATERIALIZED (
      SELECT u.*, h.tick + u.o - 1 AS tick, parley_uuid(h.tick + u.o - 1) AS id, h."memberRev",
        p."lastReadSeq" + p."ownSinceRead" AS known, p."readVersion" AS version,
        CASE WHEN h.id IS NULL OR u.ty <> 'SYSTEM' AND (p."userId" IS NULL OR p."leftAt" IS NOT NULL) THEN 'NOT_FOUND'
             WHEN u.o = ANY (bad_reply) THEN 'REPLY' WHEN u.o = ANY (bad_att) THEN 'ATTACHMENT' ELSE 'new' END AS st
      FROM unnest(convs, senders, cmids, types, contents, replies, metas) WITH ORDINALITY AS u(c, s, k, ty, body, re, meta, o)
      LEFT JOIN h ON h.id = u.c LEFT JOIN "Participant" p ON p."conversationId" = u.c AND p."userId" = u.s),
    fresh AS (
      INSERT INTO "Sent" SELECT v.c, v.s, v.k, v.id FROM v WHERE v.st = 'new' ORDER BY v.o ON CONFLICT DO NOTHING RETURNING "messageId"),
    n AS (
      SELECT v.*, h."lastRev" + (count(*) OVER w)::int AS rev, h."lastSeq" + (count(*) FILTER (WHERE v.ty <> 'SYSTEM') OVER w)::int AS seq,
        h."lastSeq" AS base, to_timestamp((v.tick >> 12) / 1000.0) AS at,
        first_value(v.s) OVER (PARTITION BY v.c ORDER BY v.ty = 'SYSTEM', v.o) AS first
      FROM v JOIN fresh ON fresh."messageId" = v.id JOIN h ON h.id = v.c WINDOW w AS (PARTITION BY v.c ORDER BY v.o)),
    -- lead: how many of a sender's messages stand before the first of somebody else.
    r AS MATERIALIZED (
      SELECT n.*, CASE WHEN n.s = n.first THEN coalesce(min(n.seq) FILTER (WHERE n.s <> n.first AND n.ty <> 'SYSTEM') OVER w,
        max(n.seq) OVER w + 1) - 1 - n.base ELSE 0 END AS lead
      FROM n WINDOW w AS (PARTITION BY n.c)),
    put AS (
      INSERT INTO "Message" (id, "conversationId", seq, rev, "senderId", "clientMessageId", type, content, metadata, "replyToId", "createdAt")
      SELECT r.id, r.c, r.seq, r.rev, r.s, r.k, r.ty::"MessageType", r.body, r.meta, r.re, r.at FROM r),
    log AS (INSERT INTO "Change" SELECT r.c, r.rev, r.id FROM r),
    head AS (
      UPDATE "Conversation" c SET "lastSeq" = l.seq, "lastRev" = l.rev, "headId" = l.id,
        "lastMessageId" = coalesce(l.said, c."lastMessageId"), "lastMessageAt" = coalesce(l.said_at, c."lastMessageAt")
      FROM (SELECT r.c, max(r.seq) AS seq, max(r.rev) AS rev, (array_agg(r.id ORDER BY r.o DESC))[1] AS id,
          (array_agg(r.id ORDER BY r.o DESC) FILTER (WHERE r.ty <> 'SYSTEM'))[1] AS said, max(r.at) FILTER (WHERE r.ty <> 'SYSTEM') AS said_at
        FROM r GROUP BY r.c) l
      WHERE c.id = l.c),
    -- Who had read everything stays so through their own messages, up to the first of somebody else; who had not keeps the
    -- pointer, and their own messages are counted apart, so that none is ever unread and nothing unseen is marked read.
    mine AS (
      UPDATE "Participant" p SET
        "lastReadSeq" = CASE WHEN l.base <= p."lastReadSeq" + p."ownSinceRead" THEN l.base + l.lead ELSE p."lastReadSeq" END,
        "ownSinceRead" = CASE WHEN l.base <= p."lastReadSeq" + p."ownSinceRead" THEN l.n - l.lead ELSE p."ownSinceRead" + l.n END,
        "lastReadAt" = CASE WHEN l.base <= p."lastReadSeq" + p."ownSinceRead" THEN l.at ELSE p."lastReadAt" END,
        "readVersion" = p."readVersion" + CASE WHEN l.base <= p."lastReadSeq" + p."ownSinceRead" THEN 1 ELSE 0 END,
        "lastDeliveredSeq" = CASE WHEN l.base <= p."lastReadSeq" + p."ownSinceRead" THEN greatest(p."lastDeliveredSeq", l.base + l.lead)
          ELSE p."lastDeliveredSeq" END
      FROM (SELECT r.c, r.s, r.base, count(*)::int AS n, max(r.at) AS at, max(r.lead) AS lead FROM r WHERE r.ty <> 'SYSTEM'
        GROUP BY r.c, r.s, r.base) l
      WHERE p."conversationId" = l.c AND p."userId" = l.s)
    SELECT v.o, v.c, v.s, v.k, v.st, v."memberRev", r.id, r.seq, r.rev, r.at,
      CASE WHEN r.ty <> 'SYSTEM' AND r.base <= r.known AND r.seq <= r.base + r.lead THEN r.base + r.lead END AS pointer,
      r.version + 1 AS next_version
    FROM v LEFT JOIN r ON r.o = v.o ORDER BY v.o
  LOOP
    ord := x.o; status := x.st; id := x.id; seq := x.seq; rev := x.rev; "createdAt" := x.at; "memberRev" := x."memberRev"; "readTo" := x.pointer;
    "readVersion" := CASE WHEN x.pointer IS NOT NULL THEN x.next_version END;
    IF x.id IS NOT NULL THEN stored := stored || x.o::int;
    ELSIF x.st <> 'NOT_FOUND' THEN   -- refused, or stored before: the first row answers
      SELECT m.id, m.seq, m.rev, m."createdAt" INTO id, seq, rev, "createdAt" FROM "Message" m
        WHERE m.id = (SELECT t."messageId" FROM "Sent" t WHERE t."conversationId" = x.c AND t."senderId" = x.s AND t."clientMessageId" = x.k);
      IF FOUND THEN status := 'again'; END IF;
    END IF;
    RETURN NEXT;
  END LOOP;
  IF att_id <> '{}' THEN   -- a retry must not hang further files on a message that is out
    UPDATE "Attachment" a SET "messageId" = t."messageId", position = u.n FROM unnest(att_ord, att_id) WITH ORDINALITY AS u(o, id, n), "Sent" t
    WHERE a.id = u.id AND a."messageId" IS NULL AND u.o = ANY (stored)
      AND t."conversationId" = convs[u.o] AND t."senderId" = senders[u.o] AND t."clientMessageId" = cmids[u.o];
  END IF;
  IF men_ord <> '{}' THEN
    INSERT INTO "Mention" ("messageId", "userId", "conversationId", seq)
    SELECT DISTINCT m.id, u.user_id, m."conversationId", m.seq FROM unnest(men_ord, men_user) AS u(o, user_id)
    JOIN "Sent" t ON t."conversationId" = convs[u.o] AND t."senderId" = senders[u.o] AND t."clientMessageId" = cmids[u.o]
    JOIN "Message" m ON m.id = t."messageId" WHERE u.o = ANY (stored);
  END IF;
END $fn$;

-- See 20261121000002_send_one: what parley_send does with a batch of one; changed together.
CREATE FUNCTION parley_send_one(conv uuid, sender uuid, cmid text, body text)
RETURNS TABLE (status text, id uuid, seq int, rev int, "createdAt" timestamptz, "memberRev" int, "readTo" int, "readVersion" int)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off SET lock_timeout = '2s' AS $fn$
#variable_conflict use_column
DECLARE c record; p record; tick bigint; mine uuid; next_seq int; next_rev int; at timestamptz; up_to_date boolean;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE 'parley_send_one needs READ COMMITTED'; END IF;
  SELECT h."lastSeq", h."lastRev", h."memberRev", h."headId" INTO c FROM "Conversation" h
    WHERE h.id = conv AND h."deletedAt" IS NULL FOR NO KEY UPDATE;
  IF FOUND THEN
    SELECT r."lastReadSeq", r."ownSinceRead", r."readVersion" INTO p FROM "Participant" r
      WHERE r."conversationId" = conv AND r."userId" = sender AND r."leftAt" IS NULL FOR NO KEY UPDATE;
  END IF;
  "memberRev" := c."memberRev";
  IF NOT FOUND THEN
    status := 'NOT_FOUND';
    RETURN NEXT;
    RETURN;
  END IF;
  tick := greatest((extract(epoch FROM clock_timestamp()) * 1000)::bigint << 12, coalesce(parley_tick(c."headId") + 1, 0));
  mine := parley_uuid(tick);
  INSERT INTO "Sent" VALUES (conv, sender, cmid, mine) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN   -- stored before: the first row answers
    status := 'again';
    SELECT m.id, m.seq, m.rev, m."createdAt" INTO id, seq, rev, "createdAt" FROM "Message" m
      WHERE m.id = (SELECT t."messageId" FROM "Sent" t WHERE t."conversationId" = conv AND t."senderId" = sender AND t."clientMessageId" = cmid);
    RETURN NEXT;
    RETURN;
  END IF;
  next_seq := c."lastSeq" + 1;
  next_rev := c."lastRev" + 1;
  at := to_timestamp((tick >> 12) / 1000.0);
  INSERT INTO "Message" (id, "conversationId", seq, rev, "senderId", "clientMessageId", type, content, "createdAt")
    VALUES (mine, conv, next_seq, next_rev, sender, cmid, 'TEXT', body, at);
  INSERT INTO "Change" VALUES (conv, next_rev, mine);
  UPDATE "Conversation" h SET "lastSeq" = next_seq, "lastRev" = next_rev, "headId" = mine, "lastMessageId" = mine, "lastMessageAt" = at
    WHERE h.id = conv;
  -- Who had read everything stays so through their own message; who had not keeps the pointer, and it is counted apart.
  up_to_date := c."lastSeq" <= p."lastReadSeq" + p."ownSinceRead";
  IF up_to_date THEN
    UPDATE "Participant" r SET "lastReadSeq" = next_seq, "ownSinceRead" = 0, "lastReadAt" = at,
        "lastDeliveredSeq" = greatest(r."lastDeliveredSeq", next_seq), "readVersion" = p."readVersion" + 1
      WHERE r."conversationId" = conv AND r."userId" = sender;
    "readTo" := next_seq;
    "readVersion" := p."readVersion" + 1;
  ELSE
    UPDATE "Participant" r SET "ownSinceRead" = r."ownSinceRead" + 1 WHERE r."conversationId" = conv AND r."userId" = sender;
  END IF;
  status := 'new'; id := mine; seq := next_seq; rev := next_rev; "createdAt" := at;
  RETURN NEXT;
END $fn$;

-- See 20261122000001_archive.
CREATE FUNCTION parley_read(conv uuid, person uuid, wanted int, back boolean)
RETURNS TABLE ("lastReadSeq" int, "unreadCount" int, "mentionCount" int, "lastReadAt" timestamptz, moved boolean, "readVersion" int)
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
        "lastDeliveredSeq" = greatest(p."lastDeliveredSeq", target), "readVersion" = p."readVersion" + 1
      WHERE p."conversationId" = conv AND p."userId" = person;
  END IF;
  RETURN QUERY SELECT p."lastReadSeq", greatest(last - p."lastReadSeq" - p."ownSinceRead", 0),
      (SELECT count(*)::int FROM "Mention" m WHERE m."userId" = person AND m."conversationId" = conv AND m.seq > p."lastReadSeq"),
      p."lastReadAt", moved, p."readVersion"
    FROM "Participant" p WHERE p."conversationId" = conv AND p."userId" = person;
END $fn$;
