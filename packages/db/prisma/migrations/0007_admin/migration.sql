-- For administrators: who did it (a person, a token, the system) in every audit entry, figures that cost the same at any number of tasks, and
-- indexes for what is asked by time.

-- Entries from before have neither, and keep the hash they have.
ALTER TABLE "tool_ocr_audit_logs" ADD COLUMN "actor" VARCHAR(16), ADD COLUMN "token_id" INTEGER;
ALTER TABLE "tool_ocr_audit_logs" ALTER COLUMN "actor" SET DEFAULT 'system';
ALTER TABLE "tool_ocr_audit_logs" ADD CONSTRAINT "tool_ocr_audit_logs_actor_check"
  CHECK ("actor" IN ('person', 'token', 'system') AND ("actor" = 'token') = ("token_id" IS NOT NULL));
CREATE INDEX "tool_ocr_audit_logs_actor_id_idx" ON "tool_ocr_audit_logs" ("actor", "id");

-- An entry without both is hashed as before: a list of eleven. One that lost them hashes otherwise than the list of thirteen it had.
CREATE OR REPLACE FUNCTION "legible_audit_hash"("entry" "tool_ocr_audit_logs") RETURNS TEXT LANGUAGE sql STABLE
  RETURN encode(sha256(convert_to((jsonb_build_array(
    "entry"."id", extract(epoch FROM "entry"."created_at"), "entry"."user_id", "entry"."action", "entry"."outcome",
    "entry"."object", "entry"."address", "entry"."user_agent", "entry"."request_id", "entry"."details",
    "entry"."previous_hash")
    || CASE WHEN "entry"."actor" IS NULL AND "entry"."token_id" IS NULL THEN '[]'
       ELSE jsonb_build_array("entry"."actor", "entry"."token_id") END)::text, 'UTF8')), 'hex');

-- What there is, as differences that are added up: writers only add rows, so none waits for another. A sweep adds them together.
CREATE TABLE "legible_sums" (
  "status" VARCHAR(16) NOT NULL,
  "tasks" BIGINT NOT NULL DEFAULT 0,
  "pages" BIGINT NOT NULL DEFAULT 0,
  "bytes" BIGINT NOT NULL DEFAULT 0
);

-- Pages count when a task has settled: while it is read, a row a page would be written for nothing.
CREATE FUNCTION "legible_task_sums"() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.deleted_at IS NULL THEN
    INSERT INTO legible_sums (status, tasks, pages) VALUES (OLD.status, -1,
      CASE WHEN OLD.status IN ('completed', 'failed', 'cancelled') THEN -OLD.pages_done ELSE 0 END);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.deleted_at IS NULL THEN
    INSERT INTO legible_sums (status, tasks, pages) VALUES (NEW.status, 1,
      CASE WHEN NEW.status IN ('completed', 'failed', 'cancelled') THEN NEW.pages_done ELSE 0 END);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "sums_added" AFTER INSERT OR DELETE ON "tool_ocr_tasks"
  FOR EACH ROW EXECUTE FUNCTION "legible_task_sums"();
CREATE TRIGGER "sums_changed" AFTER UPDATE OF "status", "deleted_at", "pages_done" ON "tool_ocr_tasks" FOR EACH ROW
  WHEN (OLD."status" <> NEW."status" OR OLD."deleted_at" IS DISTINCT FROM NEW."deleted_at"
    OR (OLD."pages_done" <> NEW."pages_done" AND NEW."status" IN ('completed', 'failed', 'cancelled')))
  EXECUTE FUNCTION "legible_task_sums"();

CREATE FUNCTION "legible_file_sums"() RETURNS TRIGGER LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  difference BIGINT := 0;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.stored_path IS NOT NULL THEN difference := -coalesce(OLD.file_size, 0); END IF;
  IF TG_OP <> 'DELETE' AND NEW.stored_path IS NOT NULL THEN difference := difference + coalesce(NEW.file_size, 0); END IF;
  IF difference <> 0 THEN INSERT INTO legible_sums (status, bytes) VALUES ('files', difference); END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "sums" AFTER INSERT OR DELETE OR UPDATE OF "stored_path", "file_size" ON "tool_ocr_task_files"
  FOR EACH ROW EXECUTE FUNCTION "legible_file_sums"();

-- The owner is subject to the policies, too, unless a superuser.
ALTER TABLE "tool_ocr_tasks" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "tool_ocr_task_files" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "legible_sums" ("status", "tasks", "pages")
  SELECT "status", count(*), coalesce(sum("pages_done") FILTER (WHERE "status" IN ('completed', 'failed', 'cancelled')), 0)
  FROM "tool_ocr_tasks" WHERE "deleted_at" IS NULL GROUP BY "status";
INSERT INTO "legible_sums" ("status", "bytes")
  SELECT 'files', coalesce(sum("file_size"), 0) FROM "tool_ocr_task_files" WHERE "stored_path" IS NOT NULL;
ALTER TABLE "tool_ocr_tasks" FORCE ROW LEVEL SECURITY;
ALTER TABLE "tool_ocr_task_files" FORCE ROW LEVEL SECURITY;

GRANT INSERT ON "legible_sums" TO "legible_user", "legible_admin", "legible_system";
GRANT SELECT ON "legible_sums" TO "legible_admin", "legible_system";
GRANT DELETE ON "legible_sums" TO "legible_system";
ALTER TABLE "legible_sums" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- For everybody who holds the privilege; the owner, too, for whom cascades run.
CREATE POLICY "difference" ON "legible_sums" FOR INSERT WITH CHECK (true);
CREATE POLICY "sums_read" ON "legible_sums" FOR SELECT TO "legible_admin", "legible_system" USING (true);
CREATE POLICY "sums_together" ON "legible_sums" FOR DELETE TO "legible_system" USING (true);

-- Persons may add differences by the triggers above only.
CREATE FUNCTION "legible_sums_guard"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 AND current_user <> 'legible_system' THEN
    RAISE EXCEPTION 'The sums move with their tasks and files only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "sums_guard" BEFORE INSERT OR UPDATE OR DELETE ON "legible_sums"
  FOR EACH STATEMENT EXECUTE FUNCTION "legible_sums_guard"();

-- What settled since a time, whoever's it is; who was there; which sessions are alive, latest first.
CREATE INDEX "tool_ocr_tasks_completed_at_idx" ON "tool_ocr_tasks" ("completed_at") WHERE "completed_at" IS NOT NULL;
CREATE INDEX "tool_ocr_users_last_seen_at_idx" ON "tool_ocr_users" ("last_seen_at");
CREATE INDEX "tool_ocr_sessions_alive_idx" ON "tool_ocr_sessions" ("last_seen_at" DESC, "id" DESC) WHERE "revoked_at" IS NULL;
