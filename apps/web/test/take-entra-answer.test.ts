import { expect, test } from "vitest";
import { takeEntraAnswer } from "../src/auth/take-entra-answer.ts";

function take(address: string) {
  const { pathname, search, hash } = new URL(address, "https://legible.example.org");
  const replaced: string[] = [];
  const answer = takeEntraAnswer(
    { pathname, search, hash },
    { replaceState: (_state, _title, url) => void replaced.push(String(url)) },
  );
  return { answer, replaced };
}

test("an answer is taken out of the address, whether it is good or bad news", () => {
  expect(take("/sign-in?next=%2Ftasks#code=a&state=b")).toEqual({
    answer: "code=a&state=b",
    replaced: ["/sign-in?next=%2Ftasks"],
  });
  expect(take("/sign-in#error=access_denied&state=b")).toEqual({
    answer: "error=access_denied&state=b",
    replaced: ["/sign-in"],
  });
});

test.each(["/sign-in", "/sign-in#main", "/sign-in#code=a", "/tasks#code=a&state=b"])("%s holds none", (address) => {
  expect(take(address)).toEqual({ answer: null, replaced: [] });
});
