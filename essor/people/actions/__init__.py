"""Every write about persons; one file a noun."""

from essor.people.actions.consents import give_consent, give_consents, withdraw_consent
from essor.people.actions.links import (
    LinkRefused,
    digest_of,
    link_of,
    make_link,
    make_links,
    read_link,
    use_link,
)
from essor.people.actions.persons import (
    organisation_named,
    person_of_account,
    rewrite_person,
    welcome_person,
)
from essor.people.actions.reach import choose_news, rewrite_reach, tell_address

__all__ = [
    "LinkRefused",
    "choose_news",
    "digest_of",
    "give_consent",
    "give_consents",
    "link_of",
    "make_link",
    "make_links",
    "organisation_named",
    "person_of_account",
    "read_link",
    "rewrite_person",
    "rewrite_reach",
    "tell_address",
    "use_link",
    "welcome_person",
    "withdraw_consent",
]
