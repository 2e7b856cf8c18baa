"""Short public ids: one for life per object, used in addresses, QR codes and exports."""

import secrets
from collections.abc import Callable
from typing import Any

from django.db import models

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: they are read aloud and typed
LENGTH = 10  # 31 ** 10 is about 8e14
SPOKEN_ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"  # tickets and table codes, in capitals


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_spoken_code(length: int = 5) -> str:
    """A short code that can be read aloud; check it for uniqueness where it is used."""
    return "".join(secrets.choice(SPOKEN_ALPHABET) for _ in range(length))


def free_spoken_code(is_taken: Callable[[str], Any]) -> str:
    """A spoken code that is free: drawn until ``is_taken`` says no, under a lock of the caller's."""
    code = new_spoken_code()
    while is_taken(code):
        code = new_spoken_code()
    return code


def spoken_code_beside(taken: set[str]) -> str:
    """A spoken code that is none of ``taken``, which holds it from now on."""
    code = free_spoken_code(taken.__contains__)
    taken.add(code)
    return code


def without_nul(key: str) -> str:
    """The key with a mark that names nothing in the place of each NUL."""
    return key.replace("\x00", "\ufffd")


class PublicIdField(models.CharField):  # type: ignore[type-arg]
    """A unique, never changing public id, set when the object is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=16, unique=True, editable=False)
        kwargs.setdefault("default", new_public_id)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        """PostgreSQL refuses the whole question where a key holds NUL, which no public id does."""
        value = super().get_prep_value(value)
        return without_nul(value) if isinstance(value, str) else value
