// Cuts the fonts, then bundles the style layers and the small ES modules into build/web.
import { build } from "esbuild";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { cutFonts } from "./fonts.mjs";

rmSync("build/web", { recursive: true, force: true });
await cutFonts("build/fonts");
const scripts = existsSync("web/scripts") ? readdirSync("web/scripts").filter((name) => name.endsWith(".js")) : [];
await build({
  entryPoints: ["web/styles/essor.css", ...scripts.map((name) => `web/scripts/${name}`)],
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
