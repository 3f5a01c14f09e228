// Whose an address is, for counting. A customer of IPv6 gets 64 bits and may take a new address for every request.

/** `address` as it is, an IPv4 address in IPv6 clothes as IPv4, and of IPv6 the first 64 bits. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/iu.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(":")) return address;
  const [plain = ""] = address.split("%", 1);
  const [head = "", tail] = plain.split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const left = groups(head);
  const right = groups(tail ?? "");
  // An IPv4 address at the end is two groups.
  const written = left.length + right.length + (right.at(-1)?.includes(".") === true ? 1 : 0);
  const all = [...left, ...Array<string>(Math.max(0, 8 - written)).fill("0"), ...right];
  const prefix = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(":")}::/64`;
}
