"""Every component in every state: what it says, to eyes and to screen readers."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, engines
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from essor.kit.pieces import CardLabel, Count, ProofRow, Step, Tab
from essor.kit.samples import COMMITMENTS, SPHERES
from essor.kit.templatetags.kit import grouped, unbroken

CITIZEN, SOCIAL, ENTERPRISE = SPHERES[:3]
TEMPLATES = Path(__file__).resolve().parents[2] / "essor" / "kit" / "templates"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def html(source: str, **given) -> str:
    """``source`` with its components rendered, on one line."""
    compiled = CottonCompiler().process(source)
    rendered = engines["django"].engine.from_string(compiled).render(Context(given))
    return re.sub(r"\s+", " ", rendered).strip()


def words(markup: str) -> str:
    """The text of ``markup`` as it is read."""

    class Reader(HTMLParser):
        text = ""

        def handle_data(self, data: str) -> None:
            self.text += f" {data}"

    reader = Reader()
    reader.feed(markup)
    return re.sub(r"\s+", " ", reader.text).strip()


class RegistrationForm(forms.Form):
    name = forms.CharField(help_text="As on your badge.")
    email = forms.EmailField(required=False)
    gift = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("skill", CardLabel("A skill", "two hours", "hand")), ("energy", "Energy")],
    )
    themes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, required=False, choices=[("food", "Food")]
    )
    agreed = forms.BooleanField(label="I agree")
    secret = forms.CharField(widget=forms.HiddenInput, initial="s3")


def test_button_with_address_is_a_link():
    made = html('<c-button href="/here/" kind="dark">Go</c-button>')
    assert made == '<a class="button button--dark " href="/here/">Go</a>'


def test_button_without_address_submits_with_name_and_value():
    made = html('<c-button name="do" value="open">Open</c-button>')
    assert 'type="submit"' in made
    assert 'name="do" value="open"' in made


def test_button_passes_unknown_attributes_escaped():
    made = html('<c-button :data-who="who" disabled>Go</c-button>', who='"><b>')
    assert 'data-who="&quot;&gt;&lt;b&gt;"' in made
    assert " disabled" in made


def test_button_leaves_out_attributes_that_are_false():
    assert "disabled" not in html('<c-button :disabled="no">Go</c-button>', no=False)


def test_button_without_value_sends_none():
    assert "name=" not in html("<c-button>Go</c-button>")


def test_field_wires_label_help_and_control():
    made = html('<c-field :field="form.name" />', form=RegistrationForm())
    assert '<label for="id_name">Name</label>' in made
    assert 'id="id_name_helptext"' in made
    assert 'aria-describedby="id_name_helptext"' in made


def test_field_says_which_fields_are_optional():
    form = RegistrationForm()
    assert "(optional)" in html('<c-field :field="form.email" />', form=form)
    assert "(optional)" not in html('<c-field :field="form.name" />', form=form)


def test_field_with_error_is_marked_and_described():
    made = html('<c-field :field="form.name" />', form=RegistrationForm({"name": ""}))
    assert "field--wrong" in made
    assert 'aria-invalid="true"' in made
    assert 'aria-describedby="id_name_helptext id_name_error"' in made
    assert "Error: This field is required." in words(made)


def test_field_keeps_what_was_typed():
    made = html('<c-field :field="form.email" />', form=RegistrationForm({"email": "aïcha@"}))
    assert 'value="aïcha@"' in made


def test_field_of_radios_is_a_group_of_cards_with_legend():
    made = html('<c-field :field="form.gift" />', form=RegistrationForm())
    assert made.count("<fieldset") == 1
    assert "<legend>Gift</legend>" in made
    assert "A skill" in words(made)
    assert "two hours" in words(made)
    assert made.count('type="radio"') == 2


def test_field_of_checkboxes_keeps_what_was_ticked():
    form = RegistrationForm({"themes": ["food"]})
    made = html('<c-field :field="form.themes" />', form=form)
    assert re.search(r'<input type="checkbox"[^>]* checked', made)


def test_field_group_with_error_is_described_by_it():
    made = html('<c-field :field="form.gift" />', form=RegistrationForm({}))
    assert 'aria-describedby="id_gift_error"' in made
    assert 'id="id_gift_error"' in made


def test_field_single_checkbox_has_its_label_beside_it():
    made = html('<c-field :field="form.agreed" />', form=RegistrationForm())
    assert "field--check" in made
    assert words(made) == "I agree"


def test_field_hidden_shows_nothing_else():
    made = html('<c-field :field="form.secret" />', form=RegistrationForm())
    assert made == '<input type="hidden" name="secret" value="s3" id="id_secret">'


def test_form_errors_are_silent_when_there_are_none():
    assert html('<c-form-errors :form="form" />', form=RegistrationForm()) == ""


def test_form_errors_link_to_each_control_and_take_the_focus():
    form = RegistrationForm({"name": "", "agreed": "on"})
    made = html('<c-form-errors :form="form" />', form=form)
    assert 'role="alert" tabindex="-1" autofocus' in made
    assert 'href="#id_name"' in made
    assert 'href="#id_gift_0"' in made  # the first of the group: a group itself takes no focus
    assert "#id_agreed" not in made


def test_form_errors_show_those_of_the_whole_form():
    form = RegistrationForm({"name": "Aïcha", "gift": "skill", "agreed": "on", "secret": "s"})
    assert form.is_valid()
    form.add_error(None, "The evening is full.")
    assert "The evening is full." in words(html('<c-form-errors :form="form" />', form=form))


def test_card_with_address_has_one_link_in_its_title():
    made = html('<c-card title="Cantines" href="/c/" level="3"><p>text</p></c-card>')
    assert '<h3><a href="/c/">Cantines</a></h3>' in made
    assert "card--link" in made


def test_card_does_not_see_the_page_variables():
    assert "<h2>" not in html("<c-card>x</c-card>", title="of the page")


def test_chip_carries_colour_word_and_icon():
    made = html('<c-chip tone="leaf" icon="check">kept</c-chip>')
    assert "chip--leaf" in made
    assert "<svg" in made
    assert words(made) == "kept"


@pytest.mark.parametrize("tone", ["info", "done", "care", "alert"])
def test_notice_has_an_icon_in_each_tone(tone):
    made = html('<c-notice tone="{{ tone }}" title="Now">x</c-notice>', tone=tone)
    assert f"notice--{tone}" in made
    assert "<svg" in made


def test_empty_says_what_to_do_first():
    made = html(
        '<c-empty title="No table"><p>Open one.</p>'
        '<c-slot name="actions"><c-button>Open</c-button></c-slot></c-empty>'
    )
    assert words(made) == "No table Open one. Open"


def test_icon_is_hidden_from_readers_unless_labelled():
    assert 'aria-hidden="true"' in html('<c-icon name="check" />')
    assert 'role="img" aria-label="done"' in html('<c-icon name="check" label="done" />')


def test_icon_that_does_not_exist_is_a_mistake():
    with pytest.raises(KeyError):
        html('<c-icon name="unicorn" />')


def test_sphere_has_its_letter_and_its_name():
    made = html('<c-sphere :sphere="sphere" />', sphere=CITIZEN)
    assert f'fill="{CITIZEN.colour}"' in made
    assert ">H</text>" in made
    assert "Habitant·e" in words(made)


def test_sphere_without_words_keeps_a_name_for_readers():
    made = html('<c-sphere :sphere="sphere" name="no" />', sphere=CITIZEN)
    assert 'aria-label="Habitant·e"' in made


def test_sphere_bar_says_who_is_missing():
    counts = [Count(CITIZEN, 30), Count(SOCIAL, 4, hoped=10), Count(ENTERPRISE, 0)]
    made = html('<c-sphere-bar :counts="counts">Invite</c-sphere-bar>', counts=counts)
    assert "Still missing: Économie sociale, Entreprises." in words(made)
    assert made.count("<rect") == 2  # nobody of the third


def test_sphere_bar_with_everybody_there_complains_of_nothing():
    counts = [Count(CITIZEN, 30, hoped=30), Count(SOCIAL, 4)]
    assert "missing" not in words(html('<c-sphere-bar :counts="counts" />', counts=counts))


def test_sphere_bar_of_nobody_still_draws():
    made = html('<c-sphere-bar :counts="counts" />', counts=[Count(CITIZEN, 0)])
    assert "<rect" not in made
    assert "Habitants 0" in words(made)


def test_round_table_in_words_and_drawing():
    seats = [CITIZEN, CITIZEN, SOCIAL, None]
    made = html('<c-round-table number="12" :seats="seats" name="Cantines" />', seats=seats)
    assert 'aria-label="Table 12, 3 people, Habitant·e 2, Économie sociale 1, 1 free seat"' in made
    assert made.count('class="round-table__free"') == 1
    assert made.count('class="sphere-letter"') == 3
    assert ">12</text>" in made


def test_round_table_draws_the_same_in_french():
    """SVG wants a decimal point in every language."""
    source = '<c-round-table number="3" :seats="seats" />'
    with translation.override("fr"):
        french = html(source, seats=[CITIZEN] * 7)
    assert re.findall(r'c[xy]="([^"]+)"', french) == re.findall(
        r'c[xy]="([^"]+)"', html(source, seats=[CITIZEN] * 7)
    )
    assert not re.search(r'(?:cx|cy|r|x|y)="\d+,\d', french)


def test_round_table_of_nobody():
    made = html('<c-round-table number="3" :seats="seats" />', seats=[])
    assert "Table 3, 0 people" in made


def test_stage_rail_marks_done_now_and_ahead():
    stages = [Step("Sheet", "done"), Step("Group", "now"), Step("Launch", "ahead")]
    made = html('<c-stage-rail :stages="stages" />', stages=stages)
    assert words(made) == "Sheet (done) Group (now) Launch"
    assert made.count('aria-current="step"') == 1


def test_need_row_that_is_met_loses_its_button():
    source = '<c-need-row title="A room" met="{{ met }}"><c-button>I know</c-button></c-need-row>'
    assert "I know" in words(html(source, met=""))
    assert words(html(source, met="yes")) == "A room found"


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda each: each.state)
def test_commitment_says_its_state_in_words_with_an_icon(commitment):
    made = html('<c-commitment :commitment="it" who="Aïcha B." />', it=commitment)
    assert commitment.get_state_display in words(made)
    assert commitment.what in words(made)
    assert "Aïcha B." in words(made)
    assert made.count("<svg") == 2


def test_commitment_repeats_until_and_condition():
    made = words(html('<c-commitment :commitment="it" />', it=COMMITMENTS[1]))
    assert "until: un an" in made
    assert "on condition: assurance à la charge du groupe" in made


def test_proof_sets_chance_beside_our_figure():
    rows = [ProofRow("Spheres a table", "6.9", "5.1"), ProofRow("Broken wishes", "0")]
    made = words(html('<c-proof :rows="rows" headline="94 %" />', rows=rows))
    assert made == "94 % Spheres a table 6.9 by chance: 5.1 Broken wishes 0"


def test_suggestion_gives_its_reason_and_its_buttons():
    made = words(
        html(
            '<c-suggestion title="Merge?" why="They are neighbours.">'
            '<c-slot name="actions"><c-button>Merge</c-button></c-slot></c-suggestion>'
        )
    )
    assert made == "Merge? They are neighbours. Merge"


def test_figure_says_who_counted():
    made = words(html('<c-figure value="368" label="people" by="Chloé" at="20:15" how="door" />'))
    assert made == "368 people counted by Chloé, 20:15 · door"


def test_figure_without_source_shows_none():
    assert "tally__source" not in html('<c-figure value="3" label="tables" />')


def test_internal_says_who_sees_it():
    made = words(html('<c-internal who="hosts">note</c-internal>'))
    assert made == "Seen by hosts only note"


def test_tabs_mark_the_current_one():
    tabs = [Tab("All", "?", current=True, count=3), Tab("Closed", "?closed")]
    made = html('<c-tabs :tabs="tabs" label="Tables" />', tabs=tabs)
    assert made.count('aria-current="page"') == 1
    assert words(made) == "All 3 Closed"


def test_pages_show_ends_and_neighbours():
    page = Paginator(range(200), 20).page(5)
    made = html('<c-pages :page="page" query="q=a&" />', page=page)
    assert words(made) == "1 … 4 5 6 … 10"
    assert "?q=a&amp;page=4" in made


def test_pages_of_a_single_page_are_not_shown():
    assert html('<c-pages :page="page" />', page=Paginator([1], 20).page(1)) == ""


def test_flock_is_the_same_each_time_and_hidden_from_readers():
    assert html('<c-flock seed="3" />') == html('<c-flock seed="3" />')
    assert html('<c-flock seed="3" />') != html('<c-flock seed="4" />')
    assert html('<c-flock birds="5" />').count("<use") == 5
    assert 'aria-hidden="true"' in html("<c-flock />")


def test_offline_band_counts_what_waits():
    assert "(3 waiting)" in words(html('<c-offline :waiting="3" />'))
    assert "waiting" not in words(html("<c-offline />"))


def test_gallery_shows_every_component():
    page = (TEMPLATES / "kit" / "gallery.html").read_text()
    inside_others = {"birds"}
    for file in sorted((TEMPLATES / "cotton").glob("*.html")):
        tag = file.stem.replace("_", "-")
        if tag not in inside_others:
            assert re.search(rf"<c-{tag}[\s>/]", page), f"{tag} is missing in the gallery"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_gallery_renders_without_style_attributes(client, language):
    client.cookies["essor_language"] = language
    page = client.get("/gallery/").content.decode()
    assert f'<html lang="{language}">' in page
    assert not re.search(r"<[^>]*\sstyle=", page)
    assert not re.search(r"<[^>]*\son[a-z]+=", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), sorted({each for each in ids if ids.count(each) > 1})


def test_sources_link_to_where_something_is_known_from():
    sources = [{"label": "Gazette", "url": "https://example.org/a"}]
    made = html('<c-sources :sources="sources" />', sources=sources)
    assert words(made) == "Source: Gazette"
    assert 'rel="noopener noreferrer external"' in made
    assert html('<c-sources :sources="none" />', none=[]) == ""


def test_title_keeps_its_sign_on_the_same_line():
    assert unbroken("Qui vient ? « Oui »") == "Qui vient\xa0? «\xa0Oui\xa0»"
    assert "&lt;b&gt; ?" in html(
        '<c-card title="{{ title }}" />', title="<b> ?"
    )  # one line: html()


def test_sphere_bar_tells_hopes_only_where_they_are_asked_for():
    counts = [Count(CITIZEN, 12, hoped=20)]
    assert "20" in html('<c-sphere-bar :counts="counts" />', counts=counts)
    assert "20" not in html(
        '<c-sphere-bar :counts="counts" hoped="no" missing="no" />', counts=counts
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [(7, "7"), (20000, "20\u202f000"), ("1500", "1\u202f500"), ("94 %", "94 %"), ("", "")],
)
def test_a_count_is_shown_with_its_thousands_apart_and_anything_else_as_it_is(given, shown):
    with translation.override("fr"):
        assert grouped(given) == shown
