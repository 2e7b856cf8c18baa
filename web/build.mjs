// Cuts the fonts, then bundles the style layers and the small ES modules into build/web.
import { build } from "esbuild";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { cutFonts } from "./fonts.mjs";

rmSync("build/web", { recursive: true, force: true });
await cutFonts("build/fonts");
const scripts = existsSync("web/scripts") ? readdirSync("web/scripts").filter((name) => name.endsWith(".js")) : [];
// The map runs its worker from a file of its own (worker-src 'self'), and its style sheet shows on its page alone.
const map = ["maplibre-gl-worker.mjs", "maplibre-gl.css"].map((name) => `node_modules/maplibre-gl/dist/${name}`);
await build({
  entryPoints: ["web/styles/essor.css", ...map, ...scripts.map((name) => `web/scripts/${name}`)],
  entryNames: "[name]",
  assetNames: "fonts/[name]",
  outdir: "build/web",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2020", "chrome100", "firefox100", "safari15"],
  loader: { ".woff2": "file" },
  logLevel: "warning",
});
