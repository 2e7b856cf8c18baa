"""The rooms of the house, ground floor first: a room imports only rooms listed before it.

Settings build ``INSTALLED_APPS`` from this list, ``tests/repo/test_rooms.py`` reads the same
list, ``docs/tour.md`` tells what each room is for. ``algos`` is not a Django app: it is pure
computing that every room may use and that uses no room.
"""

ROOMS = (
    "kit",
    "ledger",
    "people",
    "territories",
    "news",
    "finding",
    "treasures",
    "harvest",
    "challenges",
    "projects",
    "choosing",
    "exchanges",
    "support",
    "evenings",
    "portal",
)
