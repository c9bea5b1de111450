// The build: `index.html` at the root of `dist`, and all that it loads in `dist/web`, by
// relative addresses, so that the page works under any prefix.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    assetsDir: "web",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: "web/licences.md" },
    target: "es2022",
  },
  // `npx vite` serves the sources; the service itself is asked at its usual address.
  server: {
    proxy: Object.fromEntries(
      ["/models", "/methods", "/explain", "/predict", "/jobs", "/openapi.json", "/healthz"].map(
        (path) => [path, "http://127.0.0.1:8000"],
      ),
    ),
  },
});
