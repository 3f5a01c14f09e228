// One file to the server. XMLHttpRequest, because fetch tells nothing about how much has been sent.
import { ProblemError, toBodyProblem } from "../api/problem.ts";

/** PUTs `file` to `url`. `onSent` hears the bytes sent so far. Throws ProblemError, or `signal.reason` when aborted. */
export function sendFile(url: string, file: Blob, onSent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const settle = (finish: () => void) => {
      signal.removeEventListener("abort", abort);
      finish();
    };
    signal.addEventListener("abort", abort);
    request.upload.onprogress = (event) => onSent(Math.min(event.loaded, file.size));
    request.onload = () =>
      settle(() => {
        if (request.status >= 200 && request.status < 300) return resolve();
        reject(new ProblemError(toBodyProblem(request.responseText, request.status)));
      });
    request.onerror = () => settle(() => reject(new ProblemError({ code: "UNREACHABLE", requestId: null })));
    request.onabort = () => settle(() => reject(signal.reason));
    request.open("PUT", url);
    request.setRequestHeader("content-type", "application/octet-stream");
    if (signal.aborted) return settle(() => reject(signal.reason));
    request.send(file);
  });
}
