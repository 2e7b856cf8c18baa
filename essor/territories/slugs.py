"""Names in addresses: what a territory may be called there, and what is suggested to it."""

from django.utils.text import slugify

RESERVED = frozenset(
    [
        "about",
        "account",
        "accounts",
        "admin",
        "api",
        "app",
        "app.webmanifest",
        "assets",
        "authors",
        "coordinator",
        "data",
        "demo",
        "docs",
        "download",
        "e",
        "en",
        "essor",
        "events",
        "export",
        "favicon",
        "feed",
        "files",
        "flock",
        "follow",
        "found",
        "fr",
        "gallery",
        "health",
        "idea",
        "help",
        "inbox",
        "join",
        "l",
        "language",
        "legal",
        "live",
        "login",
        "logout",
        "mail",
        "mailbox",
        "me",
        "media",
        "metrics",
        "network",
        "o",
        "offline",
        "offline-worker.js",
        "outbox",
        "people",
        "privacy",
        "robots",
        "search",
        "security",
        "serve",
        "settings",
        "sitemap",
        "solutions",
        "sources",
        "communes",
        "here",
        "news",
        "static",
        "stream",
        "streams",
        "t",
        "table",
        "users",
        "well-known",
        "who",
        "www",
    ]
)
SHORTEST, LONGEST = 3, 50


def suggested_slug(name: str) -> str:
    """``"Pays de l'Ourcq"`` becomes ``"pays-de-l-ourcq"``."""
    return slugify(name.replace("'", " ").replace("’", " "))[:LONGEST].strip("-")


def is_reserved(slug: str) -> bool:
    """Whether Essor needs this first part of an address for itself."""
    return slug in RESERVED or len(slug) < SHORTEST
