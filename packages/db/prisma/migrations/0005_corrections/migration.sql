-- How many corrections a document has had, and how many of them its results hold; where its results without any lie.
ALTER TABLE "tool_ocr_tasks"
  ADD COLUMN "corrections" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "corrections_assembled" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "uncorrected_json_path" VARCHAR(500);
