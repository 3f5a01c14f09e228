// PDF passwords live here and nowhere else: in memory, by task, until the task is settled. A restart forgets them, and the
// task then fails with ENCRYPTED_PDF, whose next step says what to do.

export type Passwords = {
  set(taskId: string, password: string): void;
  get(taskId: string): string | undefined;
  forget(taskId: string): void;
};

/** An empty store. One for each process: the API puts passwords in, the worker beside it takes them. */
export function createPasswords(): Passwords {
  const byTask = new Map<string, string>();
  return {
    set: (taskId, password) => void byTask.set(taskId, password),
    get: (taskId) => byTask.get(taskId),
    forget: (taskId) => void byTask.delete(taskId),
  };
}
