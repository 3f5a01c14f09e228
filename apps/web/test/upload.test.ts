import { defaultLimits } from "@legible/shared/limits";
import { describe, expect, test } from "vitest";
import { toBodyProblem, toProblem } from "../src/api/problem.ts";
import { en } from "../src/messages/en.ts";
import { createDocumentDraft } from "../src/task/document-draft.ts";
import { groupFiles, named, pathOf } from "../src/task/file-order.ts";
import { measureSpeed } from "../src/task/measure-speed.ts";
import { refusalSentence, refuseDocuments, refuseFile } from "../src/task/refusal.ts";
import { sentOfEach } from "../src/task/upload.ts";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test("a file is judged by its bytes and size before it is sent", async () => {
  expect(await refuseFile(new Blob([png]), 100)).toBeUndefined();
  const note = new File(["text"], "name.pdf", { type: "application/pdf" });
  expect(await refuseFile(note, 100)).toEqual({ reason: "type" });
  expect(await refuseFile(new Blob([]), 100)).toEqual({ reason: "empty" });
  expect(await refuseFile(new Blob([png]), 7)).toEqual({ reason: "size", bytes: 8, limit: 7 });
  const moved = new File([png], "moved.png");
  moved.slice = () => {
    throw new DOMException("not there", "NotFoundError");
  };
  expect(await refuseFile(moved, 100)).toEqual({ reason: "gone" });
});

describe("documents that are more than a person may add", () => {
  const [file, limits] = [
    new File([png], "a.png"),
    { ...defaultLimits, filesPerTask: 2, runningTasksPerUser: 5, storageBytesPerUser: 100 },
  ];
  const usage = { storageBytes: 80, runningTasks: 3, waitingTasks: 0 };
  const asked = (documents: File[][]) => {
    const refusal = refuseDocuments(documents, { limits, usage });
    return refusal && refusalSentence(en, refusal);
  };

  test("are told with the figures that decide", () => {
    expect(asked([[file], [file]])).toBeUndefined();
    expect(asked([[file, file, file]])?.message).toBe("One document holds at most 2 files, and these are 3.");
    const three = asked([[file], [file], [file]]);
    expect(three?.message).toContain("These are 3 documents; with 3 that are being read already");
    expect(three?.nextStep).toContain("Add 2 now");
    const large = asked([[new File([new Uint8Array(21)], "b.png")]]);
    expect(large?.message).toBe("These files take 21 B. Your documents take 80 B of the 100 B you may keep here.");
  });
});

test("files become one document each, or one together in their order", () => {
  const [a, b] = [new File([], "a"), new File([], "b")];
  expect(groupFiles([a, b], "each")).toEqual([[a], [b]]);
  expect(groupFiles([a, b], "together")).toEqual([[a, b]]);
  expect(groupFiles([], "together")).toEqual([]);
});

test("files that come together are put in the order of their names, numbers as numbers", () => {
  const names = ["page10.jpg", "page2.jpg", "Page1.jpg", "appendix.jpg"];
  const [document] = groupFiles(
    names.map((name) => new File([png], name)),
    "together",
  );
  expect(document?.map(({ name }) => name)).toEqual(["appendix.jpg", "Page1.jpg", "page2.jpg", "page10.jpg"]);
});

/** As it comes out of a folder that was chosen. */
const inFolder = (path: string) => {
  const file = new File([png], path.slice(path.lastIndexOf("/") + 1));
  Object.defineProperty(file, "webkitRelativePath", { value: path });
  return file;
};

test("the files of a folder keep the order of its folders; what systems leave there is left out", () => {
  const paths = ["scans/10/1.png", "scans/9/2.png", "scans/9/1.png", "scans/.DS_Store", "scans/9/Thumbs.db"];
  const [document = []] = groupFiles(paths.map(inFolder), "together");
  expect(document.map(pathOf)).toEqual(["scans/9/1.png", "scans/9/2.png", "scans/10/1.png"]);
  // Chosen by itself, a file is what somebody wants, whatever its name.
  expect(groupFiles([new File([png], ".hidden.png")], "each")).toHaveLength(1);
});

test("a dropped folder names the places of its files in another way", () => {
  const file = Object.assign(new File([png], "1.png"), { relativePath: "/scans/1.png" });
  expect(pathOf(file)).toBe("scans/1.png");
});

test("a picture that came without a name is called by the time; others keep theirs", () => {
  expect(named(new File([png], "image.png", { type: "image/png" }), "Pasted 09.15").name).toBe("Pasted 09.15.png");
  expect(named(new File([png], "invoice.png"), "Pasted 09.15").name).toBe("invoice.png");
});

test("files of a document are moved, left out and kept in their order", () => {
  const draft = createDocumentDraft();
  draft.add(["a", "b", "c"].map((name) => new File([png], name)));
  const names = () => draft.snapshot().map(({ file }) => file.name);
  const [, , c] = draft.snapshot();
  expect(draft.move(c?.id ?? 0, 0)).toBe(0);
  expect(names()).toEqual(["c", "a", "b"]);
  expect(draft.move(c?.id ?? 0, 9)).toBe(2);
  expect(names()).toEqual(["a", "b", "c"]);
  expect(draft.move(99, 0)).toBe(-1);
  draft.remove(draft.snapshot()[1]?.id ?? 0);
  expect(names()).toEqual(["a", "c"]);
  draft.add([new File([png], "d")]);
  expect(names()).toEqual(["a", "c", "d"]);
});

test("what was sent of a document fills its files one after another", () => {
  const files = [10, 20, 30].map((size) => new File([new Uint8Array(size)], `${size}`));
  expect(sentOfEach({ files, sentBytes: 15 })).toEqual([10, 5, 0]);
  expect(sentOfEach({ files, sentBytes: 60 })).toEqual([10, 20, 30]);
});

test("a proxy that answers by itself is understood by its status", () => {
  expect(toBodyProblem("<html>Request Entity Too Large</html>", 413).code).toBe("TOO_LARGE");
  expect(toBodyProblem("<html>Bad gateway</html>", 502).code).toBe("UNAVAILABLE");
});

test("the speed is that of the last seconds, and unknown at first", () => {
  const speed = measureSpeed(1000);
  expect(speed(0, 0)).toBeNull();
  expect(speed(500, 500)).toBe(1000);
  speed(600, 1500);
  expect(speed(600, 3000)).toBe(0);
});

test("an error is known by its code and request id; anything else is no answer", () => {
  const body = JSON.stringify({ error: { code: "STORAGE_FULL", message: "no", requestId: "r-1" } });
  expect(toBodyProblem(body)).toEqual({ code: "STORAGE_FULL", requestId: "r-1" });
  expect(toBodyProblem("<html>Bad gateway</html>").code).toBe("UNREACHABLE");
  expect(toProblem({ data: { appCode: "CONFLICT", requestId: "r-2" } })).toEqual({
    code: "CONFLICT",
    requestId: "r-2",
  });
  expect(toProblem({ data: { appCode: "NEW_ONE", requestId: "" } })).toEqual({ code: "INTERNAL", requestId: null });
  expect(toProblem(new TypeError("Failed to fetch")).code).toBe("UNREACHABLE");
});
