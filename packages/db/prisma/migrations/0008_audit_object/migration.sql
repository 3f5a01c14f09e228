-- What was done to one document, person or token, newest first.
CREATE INDEX "tool_ocr_audit_logs_object_id_idx" ON "tool_ocr_audit_logs" ("object", "id");
