// Every text of a language, functions called with samples.
/** Path and text of each leaf of `messages`; `like` is the language whose functions tell how many samples they take. */
export function textsOf(messages: object, like: object): [string, string][] {
  return [...leaves(messages, like, "")];
}

function* leaves(value: unknown, like: unknown, path: string): Generator<[string, string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "function") {
    // Numbers do for names as well; 3 is "other" in every language here.
    const samples = Array.from({ length: typeof like === "function" ? Math.max(1, like.length) : 1 }, () => 3);
    yield* leaves(Reflect.apply(value, undefined, samples), undefined, `${path}()`);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const other: unknown = typeof like === "object" && like !== null ? Reflect.get(like, name) : undefined;
      if (name !== "locale") yield* leaves(inner, other, `${path}.${name}`);
    }
  }
}
