import { expect, test } from "vitest";
import { toBodyProblem, toProblem } from "../src/api/problem.ts";
import { checkFile } from "../src/task/check-file.ts";
import { measureSpeed } from "../src/task/measure-speed.ts";
import { groupFiles } from "../src/task/upload.ts";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test("a file is judged by its bytes and size before it is sent", async () => {
  expect(await checkFile(new Blob([png]), 100)).toBeUndefined();
  expect((await checkFile(new File(["text"], "name.pdf", { type: "application/pdf" }), 100))?.code).toBe(
    "UNSUPPORTED_TYPE",
  );
  expect((await checkFile(new Blob([]), 100))?.code).toBe("EMPTY_FILE");
  expect((await checkFile(new Blob([png]), png.length - 1))?.code).toBe("TOO_LARGE");
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
