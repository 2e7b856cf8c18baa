"""Writes build/communes.tsv, the file behind the suggestions of communes.

    python tools/communes.py

Reads the npm package @etalab/decoupage-administratif (INSEE's Code officiel géographique,
populations and La Poste's postcodes; Licence Ouverte 2.0 of Etalab, credited on the page about
the site). Only communes of today are kept, without their districts.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from essor.people.communes import BY_CODE, Commune, keys_of, line_of  # noqa: E402

SOURCE = ROOT / "node_modules/@etalab/decoupage-administratif/data/communes.json"
TARGET = ROOT / "build/communes.tsv"


def main() -> None:
    lines = set()
    for item in json.loads(SOURCE.read_text(encoding="utf-8")):
        if item["type"] != "commune-actuelle":
            continue
        postcodes = item.get("codesPostaux") or [""]
        commune = Commune(
            item["nom"],
            item["code"],
            item.get("departement", item.get("collectiviteOutremer", {}).get("code", "")),
            postcodes[0],
            item.get("population") or 0,
        )
        keys = [*keys_of(commune.name), *filter(None, postcodes), BY_CODE + commune.code]
        lines.update(line_of(key, commune) for key in keys)
    TARGET.parent.mkdir(exist_ok=True)
    written = "\n".join(sorted(lines, key=str.encode)) + "\n"
    TARGET.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
