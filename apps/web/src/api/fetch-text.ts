import { ProblemError, toBodyProblem } from "./problem.ts";

/** The body of a result. @throws ProblemError */
export async function fetchText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  const body = await response.text();
  if (!response.ok) throw new ProblemError(toBodyProblem(body, response.status));
  return body;
}
