"""From a template and what it shows to the bytes of a PDF."""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

TEMPLATES = Path(__file__).resolve().parent.parent / "print"
FONTS = settings.BASE_DIR / "build" / "print" / "fonts"


class FontsMissing(RuntimeError):
    """The fonts for printing were not built: ``make setup`` does it."""


def pdf(template: str, data: dict[str, Any], *, tagged: bool = True) -> bytes:
    """The PDF of ``print/<template>.typ`` shown ``data``; raises ``FontsMissing``.

    ``tagged`` writes the structure that screen readers use; badges, which are only cut out, go
    without and are made twice as fast.
    """
    made = _compiler(template, data).compile(format="pdf", pdf_tags=tagged)
    assert isinstance(made, bytes), "without a file name, typst hands the bytes back"
    return made


def _compiler(template: str, data: dict[str, Any]) -> typst.Compiler:
    if not any(FONTS.glob("*.ttf")):
        raise FontsMissing(str(FONTS))
    return typst.Compiler(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
