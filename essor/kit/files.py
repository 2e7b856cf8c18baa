"""Files that people sent, given back from an address of their own, where nothing in them can act.

Whatever the file contains, the browser takes it for what we say (``nosniff``) and runs nothing of
it (``sandbox``).
"""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

FILE_POLICY = "default-src 'none'; sandbox"
DAY = 24 * 3600


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
