// Where to go after signing in. The address comes from the URL, that is, from anybody.

/** `target` when it is a path of this very site, otherwise the home page. */
export function safeRedirect(target: unknown, origin: string): string {
  // One slash, then not another: "//host" and "/\host" leave the site. Control characters are dropped by browsers before parsing.
  if (typeof target !== "string" || !/^\/(?![/\\])[^\u0000-\u001f\\]*$/u.test(target)) return "/";
  const url = URL.parse(target, origin);
  if (url === null || url.origin !== origin || url.pathname.startsWith("//")) return "/";
  if (url.pathname === "/sign-in") return "/";
  return url.pathname + url.search + url.hash;
}
