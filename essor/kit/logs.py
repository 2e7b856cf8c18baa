"""Structured logs: one JSON line an event on standard output; no personal data in them."""

import logging
import logging.config
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

log = structlog.get_logger("essor")
TOLD = {
    "request": "failed request",
    "csrf": "form without protection, or from elsewhere",
    "DisallowedHost": "asked under a name that is neither in ESSOR_URL nor in ESSOR_HOSTS",
}
REFUSALS = (
    "csrf",
    "DisallowedHost",
    "DisallowedRedirect",
    "RequestDataTooBig",
    "SuspiciousFileOperation",
    "SuspiciousMultipartForm",
    "SuspiciousOperation",
    "TooManyFieldsSent",
    "TooManyFilesSent",
    "InvalidSessionKey",
)
"""Django's loggers of refused requests. A filter does not reach the loggers below its own."""


def configure(level: str = "INFO") -> None:
    """Send the standard library's and structlog's events to stdout as JSON lines."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,
                        structlog.processors.JSONRenderer(),
                    ],
                }
            },
            "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["out"], "level": "WARNING"},
            "filters": {"no_address": {"()": WithoutAddress}},
            "loggers": {
                "essor": {"level": level},
                "django.server": {"level": "WARNING"},
                "django.request": {"level": "ERROR", "filters": ["no_address"]},
                **{f"django.security.{name}": {"filters": ["no_address"]} for name in REFUSALS},
            },
        }
    )


class WithoutAddress(logging.Filter):
    """Takes the address out of Django's own lines on requests: it may hold a personal link.

    Whoever asks under a name that is not ours (robots do, all day) gets one line without a trace.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.endswith("DisallowedHost"):
            record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        what = TOLD.get(record.name.rpartition(".")[2], "refused request")
        record.msg, record.args = "%s: %s", (what, match.view_name if match else "no route")
        return True


class RequestLog:
    """One line a request: method, route name (never the path: it may hold a secret), status, ms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.view_name if match else "",
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response
