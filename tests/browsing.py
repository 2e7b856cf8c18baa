"""What a browser would send of a page's form when nobody touches it."""

from html.parser import HTMLParser

from django.test import Client

Sent = dict[str, list[str]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Sent] = []
        self.inside: Sent | None = None
        self.text: tuple[str, list[str]] | None = None
        self.select, self.options, self.chosen = "", list[str](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = {} if (given.get("method") or "").lower() == "post" else None
            if self.inside is not None:
                self.forms.append(self.inside)
        elif self.inside is not None:
            self._control(tag, given.get("name") or "", given)

    def _control(self, tag: str, name: str, given: dict[str, str | None]) -> None:
        if tag == "textarea":
            self.text = name, []
        elif tag == "select":
            self.select, self.options = name, []
            self.chosen = "multiple" in given
        elif tag == "option":
            self.options.append(given.get("value") or "")
            if "selected" in given:
                self._send(self.select, self.options[-1])
                self.chosen = True
        elif tag == "input" and name:
            kind = given.get("type") or "text"
            if kind in {"radio", "checkbox"} and "checked" not in given:
                return
            if kind not in {"file", "submit"}:
                self._send(name, given.get("value") or ("on" if kind == "checkbox" else ""))

    def _send(self, name: str, value: str) -> None:
        assert self.inside is not None
        self.inside.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.text:
            self.text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text:
            name, parts = self.text
            # A browser drops the newline that Django writes first, and sends two signs for each.
            words = "".join(parts).removeprefix("\n")
            self._send(name, "\r\n".join(words.split("\n")))
            self.text = None
        elif tag == "select" and self.inside is not None and self.options and not self.chosen:
            self._send(self.select, self.options[0])
        elif tag == "form":
            self.inside = None


def form_in(content: str, holding: str) -> Sent:
    """The first posting form that has a field of this name, as its page opens."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return next(form for form in reader.forms if holding in form)


def form_at(client: Client, address: str, holding: str) -> Sent:
    """The same, of the page at ``address``."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return form_in(answer.content.decode(), holding)
