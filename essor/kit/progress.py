"""The card of a run that people follow, asked for again each second until the run has ended."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from essor.kit.runs import Run


def progress_card(
    request: HttpRequest, run: Run | None, template: str, context: dict[str, Any], *, page: str
) -> HttpResponseBase:
    """How far ``run`` is; once it has ended, the whole ``page`` is shown anew."""
    if run is not None and run.is_going:
        return render(request, template, {**context, "run": run})
    answer = HttpResponse() if request.htmx else redirect(page)  # type: ignore[attr-defined]
    answer.headers["HX-Redirect"] = page
    return answer
