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
            },
        }
    )


class WithoutAddress(logging.Filter):
    """Takes the address out of Django's own lines on requests: it may hold a personal link."""

    def filter(self, record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        record.msg, record.args = "failed request: %s", (match.view_name if match else "no route",)
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
