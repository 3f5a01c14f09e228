// One accent colour, the system's own letters, small radii. Contrasts are WCAG 2.2 AA in both schemes.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** Ink blue. Shade 7 on white 6.7:1; shade 3 on the dark page 8:1. */
const ink: MantineColorsTuple = [
  "#eef4fb",
  "#dbe7f5",
  "#b7cfea",
  "#8fb5df",
  "#6a9bd2",
  "#4a82c3",
  "#376fb2",
  "#2b5c9e",
  "#234c83",
  "#1b3b67",
];

/** Neutral with a breath of blue, in place of Mantine's flat dark greys. */
const dark: MantineColorsTuple = [
  "#d5d9e0",
  "#b4bac5",
  "#8e96a3",
  "#5d6673",
  "#3c4450",
  "#2e3540",
  "#232932",
  "#181c22",
  "#12151a",
  "#0c0e12",
];

export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.35" },
    },
  },
  components: {
    // A <header> outside of main is the page's banner to a screen reader, and there is one already.
    Modal: { styles: { title: { fontWeight: 600 } } },
    Drawer: { styles: { title: { fontWeight: 600 } } },
    ModalHeader: { defaultProps: { component: "div" } },
    DrawerHeader: { defaultProps: { component: "div" } },
    // What a menu opens stands in the page's main part, not beside all landmarks; and holds items only: the first of them gets the focus.
    Menu: { defaultProps: { portalProps: { target: "#main" }, withInitialFocusPlaceholder: false } },
  },
});

/** Mantine's dimmed text is 3.3:1 on white; these are 5.6:1 and 6.6:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#fbfbfc",
    "--mantine-color-text": "#1a1f26",
    "--mantine-color-dimmed": "#5c6570",
    "--mantine-color-placeholder": "#6b7480",
    "--mantine-color-error": "#b3261e",
    "--legible-surface": "#ffffff",
    "--legible-line": "#e1e5ea",
    "--legible-accent-text": ink[7],
    "--legible-chart": ink[5],
    "--legible-good": "#1f7a45",
    "--legible-bad": "#b3261e",
    "--legible-idle": "#6b7480",
    "--legible-desk": "#eceff3",
    "--legible-doubt": "#b26a00",
  },
  dark: {
    "--mantine-color-body": dark[8],
    "--mantine-color-dimmed": "#9aa3b0",
    "--mantine-color-placeholder": "#8e96a3",
    "--mantine-color-error": "#ff8a80",
    // Mantine's are as loud as a button.
    "--mantine-color-red-light": "#3a1e21",
    "--mantine-color-green-light": "#17301f",
    "--legible-surface": dark[7],
    "--legible-line": dark[5],
    "--legible-accent-text": ink[3],
    "--legible-chart": ink[4],
    "--legible-good": "#5fc98c",
    "--legible-bad": "#ff8a80",
    "--legible-idle": "#8e96a3",
    "--legible-desk": dark[9],
    "--legible-doubt": "#f0b04a",
  },
});
