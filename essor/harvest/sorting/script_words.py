"""What the table's script says by itself; ``{…}`` are filled in by the script."""

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
    """Sentences by name, in the visitor's language."""
    return {
        "waiting": _("the pile to sort"),
        "group": _("group {number}"),
        "named": _("group {number} “{name}”"),
        "count": _("{n} ideas"),
        "chosen": _("{n} chosen"),
        "none": _("Tick ideas above, then choose where they go."),
        "picked": _(
            "Picked up: {what}. Arrows choose the group, Enter lays it down, Escape puts it back."
        ),
        "over": _("{group}, {n} ideas"),
        "put_back": _("Put back."),
        "holding": _("{name}, holding an idea"),
        "you": _("you"),
        "move": _("Move"),
        "new": _("A new group"),
        "new_called": _("A new group called “{name}”"),
        "back": _("Back to sort"),
        "failed": _("This could not be sent. The table shows what is so now."),
        "taken_back": _("Take back {what} ({who})"),
    }
