// What several steps ask of the same picture is found once.

/** `find`, remembered for as long as its argument lives. For what is not changed once it is made, as rasters are not. */
export function oncePer<K extends object, V>(find: (key: K) => V): (key: K) => V {
  const found = new WeakMap<K, { value: V }>();
  return (key) => {
    const known = found.get(key);
    if (known !== undefined) return known.value;
    const value = find(key);
    found.set(key, { value });
    return value;
  };
}
