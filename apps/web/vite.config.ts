import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm start` serves the API; the development server hands everything that is not the page on to it. */
const api = "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  server: {
    // Origin and Host must stay equal: the API refuses calls from another origin.
    proxy: Object.fromEntries(["/trpc", "/api", "/health"].map((path) => [path, { target: api, changeOrigin: false }])),
  },
  build: {
    outDir: "dist",
    sourcemap: false,
    target: "es2022",
    // Files never go into data: URLs, which the content security policy refuses for scripts and fonts.
    assetsInlineLimit: 0,
    // What four parts share is one file: forty small ones, each packed by itself, are 10 kB more before the first page shows.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "shared", test: /node_modules/, minShareCount: 4 }] } },
    },
  },
});
