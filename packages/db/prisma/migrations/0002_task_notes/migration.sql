-- Codes of packages/shared/src/notes.ts: what is worth knowing about a result that is no failure.
ALTER TABLE "tool_ocr_tasks" ADD COLUMN "notes" TEXT[] DEFAULT ARRAY[]::TEXT[];
