-- The audit log becomes a chain: each entry carries the hash of the one before it, and one row says where the chain ends.
-- docs/decisions/0019-audit-chain.md says why.

-- One row: the end of the chain. Its lock makes concurrent writers queue, and a cut-off tail shows against it.
CREATE TABLE "legible_audit_head" (
  "id" INTEGER NOT NULL DEFAULT 1,
  "last_id" INTEGER NOT NULL,
  "hash" VARCHAR(64) NOT NULL,
  CONSTRAINT "legible_audit_head_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "legible_audit_head_one_check" CHECK ("id" = 1)
);

-- All columns but the hash itself. jsonb has one text for one value; the time is a number, so no setting of a session changes it.
CREATE FUNCTION "legible_audit_hash"("entry" "tool_ocr_audit_logs") RETURNS TEXT LANGUAGE sql STABLE
  RETURN encode(sha256(convert_to(jsonb_build_array(
    "entry"."id", extract(epoch FROM "entry"."created_at"), "entry"."user_id", "entry"."action", "entry"."outcome",
    "entry"."object", "entry"."address", "entry"."user_agent", "entry"."request_id", "entry"."details",
    "entry"."previous_hash")::text, 'UTF8')), 'hex');

-- Entries of earlier versions are chained as they stand. The owner is subject to the policies, too, unless a superuser.
ALTER TABLE "tool_ocr_audit_logs" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "tool_ocr_audit_logs" DISABLE TRIGGER "audit_append_only";
DO $$
DECLARE
  entry "tool_ocr_audit_logs";
  last_id INTEGER := 0;
  last_hash TEXT := repeat('0', 64);
BEGIN
  FOR entry IN SELECT * FROM "tool_ocr_audit_logs" ORDER BY "id" LOOP
    entry.previous_hash := last_hash;
    last_hash := "legible_audit_hash"(entry);
    last_id := entry.id;
    UPDATE "tool_ocr_audit_logs" SET "previous_hash" = entry.previous_hash, "hash" = last_hash WHERE "id" = last_id;
  END LOOP;
  INSERT INTO "legible_audit_head" ("last_id", "hash") VALUES (last_id, last_hash);
END
$$;
ALTER TABLE "tool_ocr_audit_logs" ENABLE TRIGGER "audit_append_only";
ALTER TABLE "tool_ocr_audit_logs" FORCE ROW LEVEL SECURITY;

GRANT SELECT, UPDATE ("last_id", "hash") ON "legible_audit_head" TO "legible_user", "legible_admin", "legible_system";
ALTER TABLE "legible_audit_head" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "chain_read" ON "legible_audit_head" FOR SELECT TO "legible_user", "legible_admin", "legible_system" USING (true);
CREATE POLICY "chain_move" ON "legible_audit_head" FOR UPDATE TO "legible_user", "legible_admin", "legible_system"
  USING (true) WITH CHECK (true);

-- Number, time and hashes are the database's, whatever the writer says. A rolled-back entry gives its number back: no gaps.
CREATE FUNCTION "legible_audit_chain"() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  head "legible_audit_head";
BEGIN
  -- Waiters queue at this lock in order; at the row itself each of them would walk through all its versions when woken.
  PERFORM pg_advisory_xact_lock('legible_audit_head'::regclass::bigint);
  SELECT * INTO STRICT head FROM "legible_audit_head" FOR UPDATE;
  NEW.id := head.last_id + 1;
  NEW.created_at := date_trunc('milliseconds', clock_timestamp());
  NEW.previous_hash := head.hash;
  NEW.hash := NULL;
  NEW.hash := "legible_audit_hash"(NEW);
  UPDATE "legible_audit_head" SET "last_id" = NEW.id, "hash" = NEW.hash WHERE "id" = 1;
  RETURN NEW;
END
$$;
CREATE TRIGGER "audit_chain" BEFORE INSERT ON "tool_ocr_audit_logs"
  FOR EACH ROW EXECUTE FUNCTION "legible_audit_chain"();

-- The roles hold the privilege to move the head, but only the trigger above may use it.
CREATE FUNCTION "legible_audit_head_guard"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'The head of the audit log moves with its entries only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "audit_head_guard" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "legible_audit_head"
  FOR EACH STATEMENT EXECUTE FUNCTION "legible_audit_head_guard"();
