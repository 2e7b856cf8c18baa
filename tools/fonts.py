"""Turns the web fonts of ``node_modules`` into the files that typst prints with (``build/print``).

    python tools/fonts.py

Typst reads TrueType only, and one width and weight a file is what every PDF reader understands,
so each variable font is cut at the few weights that the templates use. All are under the SIL Open
Font License; the latin and latin-ext halves of one face keep one family name, then come the
scripts in which people of a French territory write their names, and last the emoji.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
OUT = ROOT / "build" / "print" / "fonts"
VARIABLE = {
    "Bricolage Grotesque": ("bricolage-grotesque", "standard", (700, 800)),
    "Atkinson Hyperlegible Next": ("atkinson-hyperlegible-next", "wght", (400, 700)),
}
SCRIPTS = {
    "noto-sans": ("vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "devanagari"),
    "noto-sans-arabic": ("arabic",),
    "noto-sans-hebrew": ("hebrew",),
    "noto-sans-armenian": ("armenian",),
}


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.ttf"):
        old.unlink()
    for family, (package, axes, weights) in VARIABLE.items():
        for subset in ("latin", "latin-ext"):
            file = f"{package}-{subset}-{axes}-normal.woff2"
            source = MODULES / "@fontsource-variable" / package / "files" / file
            for weight in weights:
                cut(source, weight, f"{family} Ext" if subset == "latin-ext" else family)
    for package, subsets in SCRIPTS.items():
        for subset in subsets:
            source = MODULES / "@fontsource" / package / "files"
            keep(source / f"{package}-{subset}-700-normal.woff2", f"Essor {subset}", 700)
    emoji = MODULES / "@fontsource" / "noto-emoji" / "files"
    keep(emoji / "noto-emoji-emoji-700-normal.woff2", "Essor emoji", 700)
    made = sorted(OUT.glob("*.ttf"))
    (OUT / "coverage.json").write_text(json.dumps(coverage(made)))
    print(f"{len(made)} fonts, {sum(f.stat().st_size for f in made) / 1e6:.1f} MB in {OUT}")
    return 0


def coverage(fonts: list[Path]) -> list[list[int]]:
    """The characters that some font draws, as ranges: the print page names who has others."""
    drawn: set[int] = set()
    for file in fonts:
        with TTFont(file, lazy=True) as font:
            drawn |= set(font.getBestCmap())
    ranges: list[list[int]] = []
    for code in sorted(drawn):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def cut(source: Path, weight: int, family: str) -> None:
    """One weight of a variable font, every other axis at its default."""
    font = TTFont(BytesIO(source.read_bytes()))
    place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    place["wght"] = weight
    save(instancer.instantiateVariableFont(font, place), family, weight)


def keep(source: Path, family: str, weight: int) -> None:
    save(TTFont(BytesIO(source.read_bytes())), family, weight)


def save(font: TTFont, family: str, weight: int) -> None:
    """Write ``font`` under a family name of our choosing, so that templates can name it."""
    style = {400: "Regular", 700: "Bold", 800: "ExtraBold"}[weight]
    names = font["name"]
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    for number, text in {1: family, 2: style, 4: f"{family} {style}"}.items():
        names.setName(text, number, 3, 1, 0x409)
    names.setName(f"{family}-{style}".replace(" ", ""), 6, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font.flavor = None
    font.save(OUT / f"{family}-{style}.ttf".replace(" ", ""))


if __name__ == "__main__":
    sys.exit(main())
