-- Stores one plain text message: what parley_send does with a batch of one, in simple statements whose plans are kept. Starting
-- the large statement costs more than storing a message does, and at most hours of the day messages come one by one.
-- The same locks in the same order, the same statuses and the same numbers; changed together.
CREATE FUNCTION parley_send_one(conv uuid, sender uuid, cmid text, body text)
RETURNS TABLE (status text, id uuid, seq int, rev int, "createdAt" timestamptz, "memberRev" int, "readTo" int)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off SET lock_timeout = '2s' AS $fn$
#variable_conflict use_column
DECLARE c record; p record; tick bigint; mine uuid; next_seq int; next_rev int; at timestamptz; up_to_date boolean;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE 'parley_send_one needs READ COMMITTED'; END IF;
  SELECT h."lastSeq", h."lastRev", h."memberRev", h."headId" INTO c FROM "Conversation" h
    WHERE h.id = conv AND h."deletedAt" IS NULL FOR NO KEY UPDATE;
  IF FOUND THEN
    SELECT r."lastReadSeq", r."ownSinceRead" INTO p FROM "Participant" r
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
        "lastDeliveredSeq" = greatest(r."lastDeliveredSeq", next_seq)
      WHERE r."conversationId" = conv AND r."userId" = sender;
    "readTo" := next_seq;
  ELSE
    UPDATE "Participant" r SET "ownSinceRead" = r."ownSinceRead" + 1 WHERE r."conversationId" = conv AND r."userId" = sender;
  END IF;
  status := 'new'; id := mine; seq := next_seq; rev := next_rev; "createdAt" := at;
  RETURN NEXT;
END $fn$;
