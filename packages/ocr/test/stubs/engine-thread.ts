// Takes the place of tesseract.js's worker thread and fails as its "languages" ask.
import { parentPort } from "node:worker_threads";

type Packet = { jobId: string; action: string; payload: { langs?: string[] | string } };

let behaviour = "";
parentPort?.on("message", ({ jobId, action, payload }: Packet) => {
  const answer = (status: "resolve" | "reject", data: unknown) =>
    parentPort?.postMessage({ jobId, action, status, data });
  if (action === "loadLanguage") {
    behaviour = [payload.langs].flat().join("+");
    if (behaviour === "never_opens") return;
    if (behaviour === "refuses") return answer("reject", "no such language");
    if (behaviour === "dies_opening") process.exit(1);
  }
  if (action === "recognize") {
    if (behaviour === "dies_reading") process.exit(1);
    if (behaviour === "never_reads") return;
    if (behaviour === "bad_image") return answer("reject", "Error attempting to read image.");
    return answer("resolve", { blocks: [] });
  }
  answer("resolve", {});
});
