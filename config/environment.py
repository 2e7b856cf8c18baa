"""Reads settings from environment variables and says plainly what is wrong with them."""

import ipaddress
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-16000;"
    "PRAGMA temp_store=MEMORY;"
)


class Environment:
    """Typed access to environment variables."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables

    def text(self, name: str, default: str) -> str:
        return self.variables.get(name, default).strip()

    def flag(self, name: str) -> bool:
        value = self.text(name, "0").lower()
        if value not in {"0", "1", "true", "false", "yes", "no", ""}:
            raise ImproperlyConfigured(f"{name} is yes or no (1 or 0), not {value!r}.")
        return value in {"1", "true", "yes"}

    def one_of(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default).upper()
        if value not in allowed:
            raise ImproperlyConfigured(f"{name} is one of {', '.join(allowed)}, not {value!r}.")
        return value

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name, str(default))
        if not value.isdecimal() or int(value) < least:
            raise ImproperlyConfigured(f"{name} is a whole number from {least} on, not {value!r}.")
        return int(value)

    def time_zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
            raise ImproperlyConfigured(
                f"{name} is a name like Europe/Paris, not {value!r}."
            ) from unknown
        return value

    def words(self, name: str, default: str) -> list[str]:
        return self.text(name, default).replace(",", " ").split()

    def networks(self, name: str) -> list[str]:
        """Addresses or networks (``10.0.0.0/8``), checked."""
        for each in (words := self.words(name, "")):
            try:
                ipaddress.ip_network(each)
            except ValueError as wrong:
                raise ImproperlyConfigured(
                    f"{name} names addresses or networks like 127.0.0.1 10.0.0.0/8, not {each!r}."
                ) from wrong
        return words


def made(folder: Path) -> Path:
    """The folder of the data, made where it is missing; what stands in the way is told."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise ImproperlyConfigured(
            f"ESSOR_DATA: the folder {folder} cannot be made: {trouble.strerror}."
        ) from trouble
    return folder


def secret_key_in(folder: Path) -> str:
    """The secret key kept beside the data, made on first use, readable by its owner only."""
    file = made(folder) / "secret_key"
    try:
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(50))
        return file.read_text().strip()
    except OSError as trouble:
        raise ImproperlyConfigured(
            f"{file} cannot be read or made: {trouble.strerror}. Run essor as the user whom the "
            "folder in ESSOR_DATA belongs to."
        ) from trouble


def database_from_url(url: str, folder: Path, pool: int) -> dict[str, Any]:
    """Django's database entry for ``postgresql://user:password@host:port/name``, or SQLite.

    SQLite is durable on acknowledged writes (WAL with ``synchronous=FULL``) and takes its write
    lock at once (IMMEDIATE), so that two writers wait for each other instead of failing.
    """
    if not url:
        return {
            "ENGINE": "essor.kit.sqlite",
            "NAME": made(folder) / "essor.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_PRAGMAS,
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "ESSOR_DATABASE looks like postgresql://user:password@host:5432/name."
        )
    options: dict[str, Any] = (
        {"pool": {"min_size": 1, "max_size": pool, "timeout": 10}} if pool else {}
    )
    return {
        "ENGINE": "essor.kit.postgres",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": _host_of(parts.netloc),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def _host_of(netloc: str) -> str:
    """The host as written: ``urlsplit`` would put a socket's folder in small letters."""
    host = netloc.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return unquote(host.partition(":")[0])


def mail_from_url(url: str) -> dict[str, Any]:
    """How to reach the mail server at ``smtp://``, ``smtps://`` or ``smtp+tls://``: the arguments
    of Django's SMTP backend. Empty without an address: mails then wait in the database.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured("ESSOR_SMTP looks like smtp+tls://user:password@host:587.")
    return {
        "host": parts.hostname,
        "port": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp+tls",
        "timeout": 20,
    }


def mailbox_from_url(url: str) -> dict[str, Any]:
    """How to reach the mailbox at ``imaps://`` or ``imap+tls://user:password@host:port/folder``.

    Always encrypted, with a certificate that this machine trusts. Empty without an address: no
    mail is fetched.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    known = parts.scheme in {"imaps", "imap+tls"}
    if not known or not (parts.hostname and parts.username and parts.password):
        raise ImproperlyConfigured("ESSOR_IMAP looks like imaps://user:password@host:993/INBOX.")
    return {
        "host": parts.hostname,
        "port": parts.port or {"imaps": 993, "imap+tls": 143}[parts.scheme],
        "starttls": parts.scheme == "imap+tls",
        "user": unquote(parts.username),
        "password": unquote(parts.password),
        "folder": unquote(parts.path.strip("/")) or "INBOX",
    }
