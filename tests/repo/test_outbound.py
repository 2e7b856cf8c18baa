"""Nothing calls out: no module but those listed may open a connection or fetch an address.

When something must, it gets one client of its own (address-checked, limited in size, time and
redirects) and its line here.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CALLS_OUT = {
    "aiohttp", "asyncio.streams", "ftplib", "http.client", "httpx", "imaplib", "poplib", "requests",
    "smtplib", "socket", "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc",
}  # fmt: skip
ALLOWED = {
    "essor/kit/jobs.py": {"smtplib"},  # the mail server that the operator names
    "essor/kit/mailbox.py": {"imaplib"},  # the mailbox that the operator names
    # these listen, or ask for this machine's own name
    "essor/cli/serve.py": {"socket"},
    "essor/cli/serving/ground.py": {"socket"},
    "essor/cli/serving/pages.py": {"socket"},
    "essor/cli/serving/streams.py": {"socket"},
    "essor/cli/serving/worker.py": {"socket"},
    # these take over connections that visitors opened
    "essor/ledger/live/handover.py": {"socket"},
    "essor/ledger/live/streams.py": {"socket"},
}


MENTIONED = re.compile(
    rf"^\s*(?:import|from)\b.*\b(?:{'|'.join(sorted({n.split('.')[0] for n in CALLS_OUT}))})\b",
    re.M,
)
"""Most files name none of them where they import, and need not be parsed."""


def calls_out(source: str) -> set[str]:
    """The modules that open connections among those that ``source`` imports, wherever it does."""
    found: set[str] = set()
    if not MENTIONED.search(source):
        return found
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            found |= {each for each in CALLS_OUT if name == each or name.startswith(f"{each}.")}
    return found


def modules() -> list[Path]:
    return sorted([*ROOT.glob("essor/**/*.py"), *ROOT.glob("config/**/*.py")])


def test_no_module_opens_a_connection_but_those_allowed():
    found = {}
    for file in modules():
        name = str(file.relative_to(ROOT))
        beyond = calls_out(file.read_text()) - ALLOWED.get(name, set())
        if beyond:
            found[name] = beyond
    assert found == {}


def test_every_allowance_is_used():
    for name, allowed in ALLOWED.items():
        assert calls_out((ROOT / name).read_text()) >= allowed, name


@pytest.mark.parametrize(
    "source",
    [
        "import requests",
        "from urllib.request import urlopen",
        "from urllib import request",
        "def f():\n    import socket",
        "import http.client as h",
    ],
)
def test_a_module_that_calls_out_would_be_found(source):
    assert calls_out(source)


def test_reading_an_address_is_not_calling_it():
    assert calls_out("from urllib.parse import urlsplit\nfrom http import HTTPStatus") == set()
