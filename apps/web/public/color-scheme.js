// Runs before the first paint, so that a dark screen never flashes white. A file of its own: the page's policy forbids inline scripts.
// The key is the one Mantine's localStorageColorSchemeManager writes.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("legible.colorScheme");
  } catch (error) {
    // Storage is blocked: the system decides.
    chosen = error instanceof Error ? null : chosen;
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
