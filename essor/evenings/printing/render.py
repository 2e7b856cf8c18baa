"""From a template and what it shows to the bytes of a PDF.

Typst keeps what it laid out for the next time: 1,500 badges leave half a gigabyte behind. So a
child process makes the PDF and gives its memory back to the system when it ends.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

TEMPLATES = Path(__file__).resolve().parent.parent / "print"
FONTS = settings.BASE_DIR / "build" / "print" / "fonts"
CHILD = Path(__file__).with_name("child.py")
SECONDS = 60


class FontsMissing(RuntimeError):
    """The fonts for printing were not built: ``make setup`` does it."""


class NotPrinted(RuntimeError):
    """Typst did not make the PDF; the words are its own, for whoever mends the template."""


def pdf(template: str, data: dict[str, Any], *, tagged: bool = True) -> bytes:
    """The PDF of ``print/<template>.typ`` shown ``data``; raises ``FontsMissing``, ``NotPrinted``.

    ``tagged`` writes the structure that screen readers use; badges, which are only cut out, go
    without and are made twice as fast.
    """
    if not any(FONTS.glob("*.ttf")):
        raise FontsMissing(str(FONTS))
    order = {
        "template": str(TEMPLATES / f"{template}.typ"),
        "root": str(TEMPLATES),
        "fonts": str(FONTS),
        "data": json.dumps(data, ensure_ascii=False),
        "tagged": tagged,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own file; people's words are data on its input
            [sys.executable, "-I", str(CHILD)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as slow:
        raise NotPrinted(f"{template}: not done in {SECONDS} seconds") from slow
    except subprocess.CalledProcessError as failed:
        raise NotPrinted(failed.stderr.decode(errors="replace")[-2000:]) from failed
    return done.stdout
