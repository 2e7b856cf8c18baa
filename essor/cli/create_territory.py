"""Open a territory, with its first host.

The host signs in with the address given here: a code is sent there, no password is needed. The
words, colours and team are then chosen on the territory's own pages.

    essor create-territory "Valence Romans" --host aicha@example.org
"""

import argparse
from typing import TYPE_CHECKING

from essor.cli import Refusal, start_django

if TYPE_CHECKING:
    from essor.territories.models import Territory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="the name as people say it")
    parser.add_argument("--host", metavar="ADDRESS", required=True, help="the first host's e-mail")
    parser.add_argument("--slug", help="its name in addresses (made from the name)")
    parser.add_argument("--dynamic", default="Start-Up de Territoire", help="name of the dynamic")
    parser.add_argument("--language", choices=["fr", "en"], default="fr", help="fr or en (fr)")


def run(options: argparse.Namespace) -> int:
    start_django()
    from essor.cli.serving.prepare import bring_database_up_to_date

    bring_database_up_to_date(migrate=True)
    territory = open_with_host(options)
    from django.conf import settings

    print(f"{territory.name}: {settings.SITE_URL}/{territory.slug}/")
    print(f"{options.host} signs in at {settings.SITE_URL}/account/login/")
    return 0


def check_words(options: argparse.Namespace, slug: str) -> None:
    """Refuse what cannot be a name, an address of a person or one of a territory."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email, validate_slug

    from essor.territories.models import Territory

    longest = Territory._meta.get_field("name").max_length
    if not options.name.strip() or len(options.name) > (longest or 0):
        raise Refusal(f"a territory has a name of 1 to {longest} characters.", status=2)
    try:
        validate_email(options.host.strip())
    except ValidationError as wrong:
        raise Refusal(
            f"{options.host!r} is no e-mail address; it looks like you@example.org.", status=2
        ) from wrong
    try:
        validate_slug(slug)
    except ValidationError as wrong:
        raise Refusal(
            f"{slug!r} cannot stand in an address: letters a to z, digits and hyphens. "
            "Choose another with --slug.",
            status=2,
        ) from wrong


def open_with_host(options: argparse.Namespace) -> "Territory":
    from django.db import transaction

    from essor.kit import clock
    from essor.people.actions import person_of_account
    from essor.people.models import Account
    from essor.territories.actions import territory as territories
    from essor.territories.slugs import suggested_slug

    at = clock.now()
    slug = options.slug or suggested_slug(options.name)
    check_words(options, slug)
    identity = territories.Identity(
        name=options.name, dynamic_name=options.dynamic, language=options.language
    )
    try:
        with transaction.atomic():
            address = options.host.strip().lower()
            account = Account.objects.filter(email=address).first()
            account = account or Account.objects.create_user(address)
            host = person_of_account(account=account, by=None, at=at)
            return territories.open_territory(
                identity=identity, slug=slug, founder=host, by=None, at=at
            )
    except territories.SlugTaken as taken:
        raise Refusal(
            f"{slug} is taken by another territory. Choose another with --slug."
        ) from taken
    except territories.SlugReserved as reserved:
        raise Refusal(f"{slug} cannot be an address. Choose another with --slug.") from reserved
