"""A founding team opens its territory: words, colours that can be read, logo, themes, spheres."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from PIL import Image

from essor.kit.colours import PAPER, contrast, ink_on
from essor.ledger.models import Entry
from essor.people.models import Person, Sphere
from essor.territories.actions.territory import (
    Identity,
    SlugReserved,
    SlugTaken,
    TooManyPercent,
    choose_themes,
    open_territory,
    rewrite_identity,
    set_sphere_targets,
)
from essor.territories.models import Role, Territory, Theme
from essor.territories.queries import themes_of
from essor.territories.rules import (
    accent_ink_misfit,
    accent_on_primary_misfit,
    primary_misfit,
)
from essor.territories.slugs import RESERVED, suggested_slug
from tests.cast import NOW

LOT = {
    "name": "Grand Figeac",
    "dynamic_name": "Start-Up de Territoire Lot",
    "language": "fr",
    "primary": "#123456",
    "accent": "#f2a51c",
}


def found(client, **changes):
    return client.post("/found/", {**LOT, **changes})


def png(size=(60, 30), kind="PNG", mode="RGBA", **options) -> bytes:
    file = BytesIO()
    Image.new(mode, size, 0).save(file, kind, **options)
    return file.getvalue()


def test_person_opens_a_territory_and_is_its_first_host(cast):
    answer = found(cast.client("denis"), name="Pays de l’Ourcq")
    territory = Territory.objects.get(slug="pays-de-l-ourcq")
    assert answer.headers["Location"] == "/pays-de-l-ourcq/start/"
    role = Role.objects.get(territory=territory)
    assert (role.person, role.kind) == (cast.denis, Role.Kind.HOST)
    line = Entry.objects.get(verb="opened")
    assert (line.by, line.of_id) == (cast.denis.public_id, territory.public_id)


@pytest.mark.parametrize(("by", "named"), [(None, "denis"), ("gaelle", "gaelle")])
def test_line_names_who_opened_it_and_the_founder_where_nobody_is_known(cast, by, named):
    opened_by = cast.people[by] if by else None
    open_territory(
        identity=Identity("Crest", "SUT"), slug="crest", founder=cast.denis, by=opened_by, at=NOW
    )
    assert Entry.objects.get(verb="opened").by == cast.people[named].public_id


def test_first_steps_lead_to_the_pages_and_show_what_is_done(cast):
    client = cast.client("denis")
    found(client)
    page = client.get("/grand-figeac/start/").content.decode()
    assert page.count("à faire") == 4
    found_territory = Territory.objects.get(slug="grand-figeac")
    found_territory.themes.set(Theme.objects.all()[:2])
    page = client.get("/grand-figeac/start/").content.decode()
    assert page.count("à faire") == 3


def test_stranger_is_led_to_sign_in_before_founding(cast, stranger):
    answer = found(stranger)  # what was written waits on the page
    assert answer.status_code == 403
    assert "/account/login/?next=" in answer.content.decode()
    assert not Territory.objects.filter(slug="grand-figeac").exists()


@pytest.mark.parametrize("slug", ["me", "demo", "account", "l", "STATIC", "ab"])
def test_reserved_address_is_refused_at_its_field(cast, slug):
    answer = found(cast.client("denis"), slug=slug)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["slug"]


def test_taken_address_is_refused_with_a_proposal_and_nothing_is_lost(cast):
    answer = found(cast.client("denis"), slug="valence", promise="Une mine d’or")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "valence-et-alentours" in page
    assert "Une mine d’or" in page


def test_two_teams_who_take_one_address_at_once_open_one_territory(cast):
    open_territory(identity=Identity("Lot", "SUT"), slug="lot", founder=cast.denis, by=None, at=NOW)
    with pytest.raises(SlugTaken):
        open_territory(
            identity=Identity("Lot", "SUT"), slug="lot", founder=cast.hugo, by=None, at=NOW
        )
    assert Role.objects.filter(territory__slug="lot").count() == 1


def test_action_refuses_a_reserved_address_whatever_the_form_said(cast):
    with pytest.raises(SlugReserved):
        open_territory(
            identity=Identity("Me", "SUT"), slug="account", founder=cast.denis, by=None, at=NOW
        )


def test_every_first_part_of_an_address_is_reserved():
    taken = {
        str(entry.pattern).split("/")[0] for entry in get_resolver().url_patterns if "/" in str(entry.pattern)
    }  # fmt: skip
    includes = [e for e in get_resolver().url_patterns if str(e.pattern) == ""]
    for include in includes:
        taken |= {str(entry.pattern).split("/")[0] for entry in include.url_patterns}
    own = {part for part in taken if part and "<" not in part}
    assert own - {"robots.txt", "favicon.ico"} <= RESERVED


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pays de l'Ourcq", "pays-de-l-ourcq"),
        ("Élan 38", "elan-38"),
        ("🌻", ""),
        ("a" * 80, "a" * 50),
    ],
)
def test_suggested_slug(name, slug):
    assert suggested_slug(name) == slug


def test_name_without_letters_asks_for_an_address(cast):
    answer = found(cast.client("denis"), name="🌻🌻🌻")
    assert list(answer.context["form"].errors) == ["slug"]


def test_one_person_opens_at_most_five_territories_a_day(cast):
    client = cast.client("denis")
    answers = [found(client, name=f"Vallée {n}").status_code for n in range(7)]
    assert answers == [302] * 5 + [422] * 2


# Colours


@pytest.mark.parametrize("colour", ["#ffff00", "#8a8f2a", "#f2a51c", "#ff0000", "#ffffff"])
def test_pale_main_colour_is_refused_and_the_proposal_passes(colour):
    misfit = primary_misfit(colour)
    assert misfit is not None
    assert misfit.contrast < 4.5
    assert primary_misfit(misfit.instead) is None


def test_proposal_is_the_nearest_not_just_black():
    instead = primary_misfit("#8f5a2a".replace("8f", "c0")).instead
    assert contrast(instead, PAPER) == pytest.approx(4.5, abs=0.25)


def test_second_colour_must_carry_text_and_stand_out():
    grey = "#7c7a80"
    assert accent_ink_misfit(grey).contrast < 4.5
    assert accent_on_primary_misfit("#20306a", "#1d1a38").contrast < 3
    instead = accent_on_primary_misfit("#20306a", "#1d1a38").instead
    assert contrast(instead, "#1d1a38") >= 3
    assert contrast(instead, ink_on(instead)) >= 4.5


def test_house_colours_pass():
    assert primary_misfit("#1d1a38") is None
    assert accent_ink_misfit("#f2a51c") is None
    assert accent_on_primary_misfit("#f2a51c", "#1d1a38") is None


def test_bad_colour_comes_back_with_its_figures_and_a_button_that_mends_it(cast):
    client = cast.client("denis")
    answer = found(client, primary="#ffee00")
    form, page = answer.context["form"], answer.content.decode()
    proposal = form.proposals["primary"]
    assert "Contraste 1,2" in page
    assert f'name="take_primary" value="{proposal}"' in page
    mended = found(client, primary="#ffee00", take_primary=proposal)
    assert mended.status_code == 302
    assert Territory.objects.get(slug="grand-figeac").primary == proposal


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "#123456;}body{", ""])
def test_what_is_not_a_colour_is_refused(cast, colour):
    answer = found(cast.client("denis"), primary=colour)
    assert answer.status_code == 422
    assert "primary" in answer.context["form"].errors


def test_brand_sheet_holds_the_colours_and_is_kept_for_ever_by_version(cast, stranger):
    Territory.objects.filter(slug="valence").update(primary="#123456", accent="#ffcc00")
    version = Territory.objects.get(slug="valence").brand_version
    sheet = stranger.get("/valence/brand.css", {"v": version})
    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "--brand:#123456;--brand-ink:#fffdf8" in sheet.content.decode()
    assert "--accent:#ffcc00;--accent-ink:#1f1b33" in sheet.content.decode()
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "immutable" not in stranger.get("/valence/brand.css?v=old").headers["Cache-Control"]


# Logo


def test_logo_is_encoded_again_and_served_from_its_own_address(cast, stranger):
    metadata = png() + b"<script>alert('canary')</script>"
    file = SimpleUploadedFile("../../logo.svg.png", metadata, "image/png")
    found(cast.client("denis"), logo=file)
    answer = stranger.get("/grand-figeac/logo.png")
    data = b"".join(answer)
    assert Image.open(BytesIO(data)).size == (60, 30)
    assert b"canary" not in data
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "pas une image"),
        (b"GIF89a" + b"\0" * 60, "pas une image"),
        (png((9000, 7000), mode="1"), "63 millions de pixels"),
        (png()[:60], "pas une image"),
    ],
    ids=["svg", "gif", "63 megapixels", "cut"],
)
def test_logo_that_is_none_is_refused_in_plain_words(cast, data, words):
    answer = found(cast.client("denis"), logo=SimpleUploadedFile("logo.png", data, "image/png"))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Territory.objects.filter(slug="grand-figeac").exists()


def test_new_logo_replaces_the_old_file(cast, django_capture_on_commit_callbacks):
    client, names = cast.client("aicha"), []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/valence/settings/", {**LOT, "logo": SimpleUploadedFile("l.png", png())})
        names.append(Territory.objects.get(slug="valence").logo)
    assert not default_storage.exists(names[0])
    assert default_storage.exists(names[1])
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/valence/settings/", {**LOT, "remove_logo": "on"})
    assert not default_storage.exists(names[1])
    assert client.get("/valence/logo.png").status_code == 404


# Words, themes, spheres


def test_host_rewrites_the_identity_but_never_the_address(cast):
    cast.client("aicha").post("/valence/settings/", {**LOT, "slug": "other", "promise": "Ici"})
    territory = Territory.objects.get(pk=cast.valence.pk)
    assert (territory.slug, territory.name, territory.promise) == ("valence", "Grand Figeac", "Ici")
    assert Entry.objects.get(verb="rewritten").data == {
        "fields": ["dynamic_name", "name", "primary", "promise"]
    }


def test_rewriting_with_the_same_words_leaves_no_line(cast):
    same = Identity.of(cast.valence)
    rewrite_identity(territory=cast.valence, identity=same, by=cast.aicha, at=NOW)
    assert not Entry.objects.exists()


def test_host_chooses_shared_themes_and_adds_own(cast):
    food = Theme.objects.get(code="alimentation")
    cast.client("aicha").post(
        "/valence/settings/themes/", {"themes": [food.pk], "new": "Filière bois\n\nÉnergie\n"}
    )
    assert [theme.code for theme in themes_of(cast.valence)] == [
        "alimentation", "energie", "filiere-bois"
    ]  # fmt: skip
    own = Theme.objects.get(code="filiere-bois")
    assert own.territory == cast.valence
    assert Theme.objects.get(code="energie").territory is None  # the network's, not a twin
    assert own not in themes_of(cast.jura)


def test_theme_of_another_territory_cannot_be_chosen(cast):
    theirs = Theme.objects.create(territory=cast.jura, code="sapin", name_fr="Sapin")
    answer = cast.client("aicha").post("/valence/settings/themes/", {"themes": [theirs.pk]})
    assert answer.status_code == 422
    assert theirs not in themes_of(cast.valence)


def test_choosing_the_same_themes_changes_nothing(cast):
    themes = list(Theme.objects.all()[:2])
    for _ in range(2):
        choose_themes(territory=cast.valence, themes=themes, new_names=[], by=cast.aicha, at=NOW)
    assert Entry.objects.filter(verb="themes_chosen").count() == 1


def test_sphere_targets_are_kept_and_shown_again(cast):
    client = cast.client("aicha")
    client.post("/valence/settings/spheres/", {"citizen": "40", "enterprise": "25", "finance": "0"})
    kept = {t.sphere.code: t.percent for t in cast.valence.sphere_targets.select_related("sphere")}
    assert kept == {"citizen": 40, "enterprise": 25}
    assert 'value="40"' in client.get("/valence/settings/spheres/").content.decode()


def test_sphere_targets_over_a_hundred_are_refused(cast):
    answer = cast.client("aicha").post(
        "/valence/settings/spheres/", {"citizen": "60", "enterprise": "50"}
    )
    assert answer.status_code == 422
    assert "110\u202f%" in answer.content.decode() or "110 %" in answer.content.decode()
    assert not cast.valence.sphere_targets.exists()
    with pytest.raises(TooManyPercent):
        set_sphere_targets(
            territory=cast.valence,
            percents={Sphere.objects.get(code="citizen"): 101},
            by=cast.aicha,
            at=NOW,
        )


def test_founder_is_named_by_the_account_not_by_the_form(cast):
    found(cast.client("denis"), founder=str(cast.aicha.pk), person=cast.aicha.public_id)
    assert Role.objects.get(territory__slug="grand-figeac").person == Person.objects.get(
        pk=cast.denis.pk
    )


def test_settings_lead_to_what_every_room_lets_hosts_settle(cast):
    host = cast.client("aicha")
    for page in ("settings", "projects/stages", "support/questions"):
        words = host.get(f"/valence/{page}/").content.decode()
        assert 'href="/valence/projects/stages/"' in words
        assert 'href="/valence/support/questions/"' in words
        assert f'href="/valence/{page}/" aria-current="page"' in words


def test_hoped_shares_are_shown_with_what_is_left(cast):
    set_sphere_targets(
        territory=cast.valence,
        percents={Sphere.objects.get(code="citizen"): 40},
        by=cast.aicha,
        at=NOW,
    )
    words = cast.client("aicha").get("/valence/settings/spheres/").content.decode()
    assert "Ensemble : 40 %." in words.replace("\xa0", " ")
    assert "Le reste est ouvert" in words
