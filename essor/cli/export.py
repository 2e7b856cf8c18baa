"""Write everything that is kept, or one territory, into a readable file.

The file is a zip: one folder a room, one file a noun, one line of JSON a thing; uploaded files
beside them, and a README. Things name each other by the public id that their address has. Nothing
that opens a door is in it (sessions, links, secrets). It holds personal data.

    essor export everything.zip
    essor export valence.zip --territory valence-romans
"""

import argparse
import os
import tempfile
from pathlib import Path

from essor.cli import Refusal, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the zip to write")
    parser.add_argument(
        "--territory", metavar="NAME", help="one territory, by its name in addresses"
    )


def run(options: argparse.Namespace) -> int:
    start_django()
    from essor.cli.exporting import write_export
    from essor.cli.serving.prepare import need_a_house
    from essor.territories.models import Territory

    need_a_house()
    territory = None
    if options.territory:
        territory = Territory.objects.filter(slug=options.territory).first()
        if territory is None:
            known = ", ".join(Territory.objects.values_list("slug", flat=True)[:30]) or "none yet"
            raise Refusal(f"there is no territory {options.territory!r}. Known: {known}.")
    if options.file.exists():
        raise Refusal(f"{options.file} exists already. Choose another name.")
    try:
        with tempfile.TemporaryDirectory(dir=options.file.parent, prefix=".export-") as folder:
            with (made := Path(folder) / "export.zip").open("wb") as opened:
                made.chmod(0o600)
                counts = write_export(opened, territory)
            os.replace(made, options.file)
    except OSError as trouble:
        raise Refusal(f"{options.file} cannot be written: {trouble.strerror}.") from trouble
    print(f"{options.file}: {sum(counts.values())} things, {len(counts)} kinds.")
    return 0
