"""What the gallery shows: invented people, counts and a form with every kind of field."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from essor.kit.days import DayField
from essor.kit.icons import ICONS
from essor.kit.pieces import CardLabel, Count, ProofRow, Step, Tab


@dataclass(frozen=True)
class SampleSphere:
    """Stands for a sphere, which is a noun of a higher room."""

    code: str
    name: str
    plural: str
    colour: str
    letter: str


SPHERES = [
    SampleSphere("citizen", "Habitant·e", "Habitants", "#ec6549", "H"),
    SampleSphere("social_economy", "Économie sociale", "Économie sociale", "#084d32", "S"),
    SampleSphere("enterprise", "Entreprise", "Entreprises", "#1a71b3", "E"),
    SampleSphere("association", "Association", "Associations", "#f4b02c", "A"),
    SampleSphere("public_body", "Collectivité", "Collectivités", "#662f8b", "C"),
    SampleSphere("employment", "Service de l’emploi", "Emploi", "#329eb1", "T"),
    SampleSphere("education", "École et recherche", "Écoles", "#b93473", "R"),
    SampleSphere("finance", "Financeur", "Financeurs", "#815e03", "F"),
]


@dataclass(frozen=True)
class SampleCommitment:
    """Stands for a commitment, which is a noun of a higher room."""

    what: str
    kind: str
    state: str
    get_kind_display: str
    get_state_display: str
    quantity: str = ""
    until: date | None = None
    until_said: str = ""
    condition: str = ""


@dataclass(frozen=True)
class SampleRun:
    """Stands for work that the worker does (``kit.runs``)."""

    state: str
    percent: int
    nobody_works: bool = False


COMMITMENTS = [
    SampleCommitment("Tenir la comptabilité", "skill", "promised", "une compétence", "promis", "2 h par mois", date(2027, 6, 30)),
    SampleCommitment("Prêter un local de 40 m²", "resource", "accepted", "une ressource", "accepté", "", None, "un an", "assurance à la charge du groupe"),
    SampleCommitment("Venir aux réunions", "energy", "kept", "de l’énergie", "tenu"),
    SampleCommitment("Présenter le projet à dix cavistes", "skill", "thanked", "une compétence", "remercié"),
    SampleCommitment("Chercher un terrain", "energy", "released", "de l’énergie", "rendu"),
    SampleCommitment("Fournir 200 bocaux", "resource", "lapsed", "une ressource", "échu"),
]  # fmt: skip


class SampleForm(forms.Form):
    """One field of each kind."""

    first_name = forms.CharField(label=_("First name"))
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("For your ticket."))
    number = forms.IntegerField(label=_("Seats"), min_value=2, max_value=12, initial=8)
    day = DayField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sphere = forms.ChoiceField(
        label=_("Sphere"), choices=[("", "…"), *((s.code, s.name) for s in SPHERES)]
    )
    gift = forms.ChoiceField(
        label=_("What would you like to bring?"),
        widget=forms.RadioSelect,
        choices=[
            ("skill", CardLabel("Une compétence", "Comptabilité, 2 h par mois", "hand")),
            ("resource", CardLabel("Une ressource", "un local, un outil, un contact", "key")),
            ("energy", CardLabel("De l’énergie", "venir aux réunions, un coup de main", "sun")),
        ],
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As many as you like."),
        choices=[("food", "Alimentation"), ("energy", "Énergie"), ("loops", "Économie circulaire")],
    )
    words = forms.CharField(label=_("In your words"), widget=forms.Textarea, required=False)
    photo = forms.FileField(label=_("Photograph of the sheet"), required=False)
    agreed = forms.BooleanField(label=_("I agree to be written to about this evening."))


def gallery_context() -> dict[str, Any]:
    """Everything the gallery's template needs."""
    given = {"first_name": "Aïcha", "gift": "skill", "themes": ["food"], "email": "aicha@"}
    seats = [SPHERES[n % 8] for n in range(9)]
    return {
        "icons": sorted(ICONS),
        "spheres": SPHERES,
        "form": SampleForm(initial={"gift": "resource"}, prefix="new"),
        "wrong_form": SampleForm(given, auto_id="wrong_%s"),
        "counts": [
            Count(sphere, people, hoped)
            for sphere, people, hoped in zip(
                SPHERES, (97, 59, 53, 47, 25, 9, 19, 0), (None, 50, 50, None, 20, 20, 15, 6), strict=True
            )
        ],
        "no_counts": [Count(sphere, 0) for sphere in SPHERES],
        "seats": seats,
        "seats_with_free": [*seats[:6], None, None],
        "many_seats": [SPHERES[n * 3 % 8] for n in range(14)],
        "no_seats": [None] * 8,
        "stages": [
            Step("Fiche", "done", date(2026, 4, 15)),
            Step("Groupe", "done", date(2026, 5, 20)),
            Step("Opportunité", "now", date(2026, 9, 1)),
            Step("Faisabilité", "ahead"),
            Step("Incubation", "ahead"),
            Step("Lancement", "ahead"),
            Step("Envol", "ahead"),
        ],
        "commitments": COMMITMENTS,
        "proof": [
            ProofRow("Univers par table", "6,9", "5,1"),
            ProofRow("Mixité gagnée sur le hasard", "81 %"),
            ProofRow("Demandes non tenues", "0", note="Deux personnes ont demandé à rester ensemble."),
        ],
        "tabs": [
            Tab("Toutes", "?", current=True, count=35),
            Tab("À décider", "?decide", count=2),
            Tab("Fermées", "?closed"),
        ],
        "run": SampleRun("running", 40, nobody_works=True),
        "sources": [
            {"label": "La Gazette (2026)", "url": "#lists"},
            {"label": "Le site du territoire", "url": "#lists"},
        ],
        "page": Paginator(range(200), 20).page(5),
    }  # fmt: skip
