"""Keep a copy of everything in one file, or bring one back.

The file holds the database and the uploaded files. It may be made while the house runs. It holds
personal data: keep it as safe as the server itself, encrypted where it travels.

The secret key is left out unless --with-secret-key is given: whoever has it can forge sessions.
Restored without it, people sign in again, and personal links sent before no longer open.

    essor backup                              a dated file in DATA/backups
    essor backup /media/disk/essor.zip
    essor backup --restore FILE               stop the house first
"""

import argparse
import json
import os
import shutil
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from essor.cli import Refusal, start_django
from essor.cli.serving.ground import have_to_oneself
from essor.cli.serving.prepare import need_a_house

FORMAT = "essor-backup/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="where to write (a dated file)")
    parser.add_argument("--with-secret-key", action="store_true", help="put the secret key in")
    parser.add_argument("--restore", metavar="FILE", type=Path, help="bring this copy back")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="with --restore: put it in the place of what is there",
    )


def run(options: argparse.Namespace) -> int:
    start_django()
    if options.restore:
        restore(options.restore, replace=options.replace)
    else:
        need_a_house(of_this_version=False)
        print(back_up(options.file, with_secret_key=options.with_secret_key))
    return 0


def back_up(file: Path | None, *, with_secret_key: bool) -> Path:
    """Write the copy and answer its path; it appears whole or not at all."""
    from django.conf import settings
    from django.db import connection

    from essor.cli.copying import copy_database

    now = datetime.now(UTC)
    file = file or settings.DATA / "backups" / f"essor-{now:%Y%m%d-%H%M%S}.zip"
    if file.exists():
        raise Refusal(f"{file} exists already. Choose another name.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            database = copy_database(Path(folder))
            made = Path(folder) / "backup.zip"
            made.touch(mode=0o600)
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
                about = {
                    "format": FORMAT,
                    "made_at": now.isoformat(),
                    "database": connection.vendor,
                    "secret_key": with_secret_key,
                }
                archive.writestr("about.json", json.dumps(about, indent=2))
                archive.write(database, database.name)
                for each in files_of(settings.DATA / "files"):
                    archive.write(each, Path("files") / each.relative_to(settings.DATA / "files"))
                if with_secret_key:
                    archive.writestr("secret_key", settings.SECRET_KEY)
            os.replace(made, file)
    except OSError as trouble:
        raise Refusal(f"{file} cannot be written: {trouble.strerror or trouble}.") from trouble
    return file


def files_of(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def restore(file: Path, *, replace: bool) -> None:
    """Bring a copy back: checked first, then put in place; what was there is kept beside it."""
    from django.conf import settings
    from django.db import connection

    from essor.cli.copying import check_copy, database_is_empty, put_database_back

    if connection.vendor == "sqlite":
        have_to_oneself(settings.DATA)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as name:
        folder = Path(name)
        about = unpack(file, folder)
        if about["database"] != connection.vendor:
            raise Refusal(
                f"this copy was made on {about['database']} and this house runs on "
                f"{connection.vendor}. Restore it where it came from."
            )
        check_copy(folder)
        if not database_is_empty() and not replace:
            raise Refusal("there is data here already. Add --replace to put the copy in its place.")
        put_database_back(folder)
        _put_files_back(folder / "files", settings.DATA / "files")
        if about["secret_key"]:
            shutil.move(folder / "secret_key", settings.DATA / "secret_key")
            (settings.DATA / "secret_key").chmod(0o600)
    print(f"Restored what was kept on {about['made_at'][:19].replace('T', ' at ')} (UTC).")


def unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into ``folder``; what it says about itself."""
    try:
        with zipfile.ZipFile(file) as archive:
            about: dict[str, Any] = json.loads(archive.read("about.json"))
            if about.get("format") != FORMAT:
                raise Refusal(f"{file} is of another format ({about.get('format')}).")
            damaged = archive.testzip()
            if damaged:
                raise Refusal(f"{file} is damaged: {damaged} cannot be read.")
            archive.extractall(folder)  # zipfile keeps every name inside the folder
    except FileNotFoundError as missing:
        raise Refusal(f"there is no file {file}.") from missing
    except (zipfile.BadZipFile, KeyError, ValueError) as bad:
        raise Refusal(f"{file} is not a copy made by essor backup, or it is damaged.") from bad
    return about


def _put_files_back(kept: Path, place: Path) -> None:
    if place.exists():
        beside = place.with_name(f"files.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        place.rename(beside)
    if kept.exists():
        shutil.move(kept, place)
