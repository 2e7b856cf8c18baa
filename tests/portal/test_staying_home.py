"""The demonstration, in which anybody may be anybody, stays on its own machine."""

import pytest

from essor.portal.checks import demonstration_stays_home


def errors(settings, *, demo: bool, hosts: list[str], url: str) -> list[str]:
    settings.DEMO, settings.ALLOWED_HOSTS, settings.SITE_URL = demo, hosts, url
    return [f"{error.id} {error.msg}" for error in demonstration_stays_home(None)]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_it_runs_where_nobody_else_reaches_it(settings, host):
    assert errors(settings, demo=True, hosts=[host], url=f"http://{host}:8000") == []


def test_a_host_that_others_reach_is_an_error_that_names_it(settings):
    told = errors(settings, demo=True, hosts=["localhost", "demo.example.org"],
                  url="http://localhost")  # fmt: skip
    assert len(told) == 1
    assert told[0].startswith("essor.E001")
    assert "demo.example.org" in told[0]
    assert "localhost is" not in told[0]


def test_so_is_an_address_in_mails_that_others_reach(settings):
    [told] = errors(settings, demo=True, hosts=["localhost"], url="https://demo.example.org")
    assert "demo.example.org is not this machine" in told


def test_a_real_house_may_be_reached_by_everybody(settings):
    assert errors(settings, demo=False, hosts=["essor.example.org"], url="https://x.example") == []
