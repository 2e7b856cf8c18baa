"""Which commune a line means, by its name and postcode, from the list that ships with Essor."""

import re
from functools import lru_cache

from essor.people.communes import Commune, communes
from essor.people.text import same_name


@lru_cache(maxsize=2048)
def place_of(name: str, postcode: str) -> tuple[str, str]:
    """The commune's name as it is kept, and its INSEE code, blank where it is not sure.

    What the person wrote stays as it is; a postcode alone names a commune where only one has it.
    """
    digits = re.sub(r"\D", "", postcode)
    code = digits.zfill(5) if len(digits) in (4, 5) else ""
    if not name:
        alone = communes().search(code) if code else []
        return (alone[0].name, alone[0].code) if len(alone) == 1 else ("", "")
    found = communes().named(name) or _in_department(name, code[:2])
    return name, found.code if found is not None else ""


def _in_department(name: str, department: str) -> Commune | None:
    """The commune of this name in the department that the postcode begins with."""
    if not department:
        return None
    near = communes().search(name, near=department)
    same = [c for c in near if c.department == department and same_name(c.name, name)]
    return same[0] if len(same) == 1 else None
