// Cuts the fonts down to what pages use: Latin letters and one range of weights, so that the
// first visit stays small. Letters of other European names come in a second file, only when met.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import subsetFont from "subset-font";

const letters = (...ranges) =>
  ranges
    .map(([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n)).join(""))
    .join("");

export const LATIN = letters([0x20, 0x7e], [0xa0, 0xff]) + "ŒœŸ–—‘’‚“”„†•…‹›€™−→←ʳᵉ\u202f";
const EUROPEAN = letters([0x100, 0x17f], [0x18f, 0x192], [0x1a0, 0x1b0], [0x1e00, 0x1eff]);

const source = (name, part) =>
  `node_modules/@fontsource-variable/${name}/files/${name}-${part}-wght-normal.woff2`;

const CUTS = [
  ["bricolage-grotesque", "latin", LATIN, { wght: 700 }],
  ["bricolage-grotesque", "latin-ext", EUROPEAN, { wght: 700 }],
  ["atkinson-hyperlegible-next", "latin", LATIN, { wght: { min: 400, max: 700, default: 400 } }],
  ["atkinson-hyperlegible-next", "latin-ext", EUROPEAN, { wght: { min: 400, max: 700, default: 400 } }],
];

export async function cutFonts(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, part, text, variationAxes] of CUTS) {
    const cut = await subsetFont(readFileSync(source(name, part)), text, { targetFormat: "woff2", variationAxes });
    writeFileSync(`${folder}/${name}-${part}.woff2`, cut);
  }
}
