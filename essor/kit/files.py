"""Files that people sent, kept under names of our own and given back where nothing in them can act.

Whatever the file contains, the browser takes it for what we say (``nosniff``) and runs nothing of
it (``sandbox``).
"""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from essor.kit.ids import new_public_id

FILE_POLICY = "default-src 'none'; sandbox"
DAY = 24 * 3600


def store(data: bytes, *, folder: str, ending: str) -> str:
    """Keep ``data`` under a name of our own in ``folder``; the name is what models remember.

    Where the disk is full nothing half written stays behind.
    """
    name = f"{folder}/{new_public_id()}.{ending}"
    try:
        return default_storage.save(name, ContentFile(data))
    except OSError:
        default_storage.delete(name)
        raise


def served(
    name: str, *, content_type: str, filename: str, inline: bool = False, public: bool = False
) -> FileResponse:
    """The stored file ``name``; 404 where it is gone.

    ``inline`` is for images that stand in a page; everything else is downloaded. ``public`` files
    may be kept by caches for a day, others by the browser alone.
    """
    if not name or not default_storage.exists(name):
        raise Http404
    response = FileResponse(
        default_storage.open(name),
        as_attachment=not inline,
        filename=filename,
        content_type=content_type,
    )
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = f"{'public' if public else 'private'}, max-age={DAY}"
    return response
