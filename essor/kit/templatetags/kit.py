"""Template tags of the kit: the act key of forms, panels, icons."""

import uuid
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from essor.kit.panels import panels_for

register = template.Library()


@register.simple_tag(takes_context=True)
def act(context: Context) -> SafeString:
    """The hidden idempotency key of a posting form; kept when the form comes back with errors."""
    request = context.get("request")
    posted = request.POST.get("act", "") if request is not None and request.method == "POST" else ""
    return format_html('<input type="hidden" name="act" value="{}">', posted or uuid.uuid4())


@register.simple_tag(takes_context=True)
def panels(context: Context, slot: str, subject: Any = None) -> SafeString:
    """Everything that upper rooms hang in ``slot`` for ``subject``."""
    request = context["request"]
    made = panels_for(slot, request, subject)
    return mark_safe(  # noqa: S308 - each part was rendered by an autoescaping template
        "".join(render_to_string(panel.template, panel.context, request) for panel in made)
    )
