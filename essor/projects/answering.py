"""From a filled form to an answer that is kept: who could carry a project, or knows somebody."""

from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils.translation import get_language

from essor.kit import clock
from essor.kit.limits import spend
from essor.kit.once import once
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.people.visitor import PERSON
from essor.projects.actions.leader_answers import answer_search
from essor.projects.doors import ANSWER
from essor.projects.forms.leading import AnswerForm
from essor.projects.models import LeaderAnswer, Project

A_DEVICE, A_PROJECT, HOUR = 10, 300, timedelta(hours=1)


def reachable(person: Person | None) -> Person | None:
    """Whom we know well enough to call back; the others are asked how."""
    return person if person is not None and (person.email or person.phone) else None


def keep_answer(request: HttpRequest, project: Project, form: AnswerForm) -> HttpResponseRedirect:
    """Keep what a valid ``form`` says, once; this browser may take it back from now on.

    Raises ``TooOften``, and what ``answer_search`` raises.
    """
    at, visitor = clock.now(), request.visitor  # type: ignore[attr-defined]
    spend(f"lead:{visitor.device}", limit=A_DEVICE, window=HOUR, at=at)
    spend(f"lead:{project.public_id}", limit=A_PROJECT, window=HOUR, at=at)

    def act() -> str:
        person = form.known or _welcome(form)
        answer, _token = answer_search(
            project=project,
            person=person,
            kind=form.kind,
            words=form.cleaned_data["words"],
            shows_name=form.cleaned_data.get("shows_name", False),
            after=_recommendation(project, form.cleaned_data["after"]),
            by=person,
            at=at,
        )
        if form.known is None:
            visitor.give_key(PERSON, person.public_id)
        return address_of(answer)

    response = once(request, act)
    # A form sent twice may come back without the cookie of its first answer: its act key proves it.
    visitor.give_key(ANSWER, resolve(response.url).kwargs["answer"])
    return response


def _welcome(form: AnswerForm) -> Person:
    said = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "email", "phone")}
    language = (get_language() or "fr")[:2]
    return welcome_person(**said, language=language, by=None, at=clock.now())


def _recommendation(project: Project, key: str) -> LeaderAnswer | None:
    found = LeaderAnswer.objects.filter(
        project=project, kind=LeaderAnswer.Kind.SOMEBODY, public_id=key
    )
    return found.first()


def address_of(answer: LeaderAnswer) -> str:
    project = answer.project
    keys = [project.territory.slug, project.public_id, answer.public_id]
    return reverse("projects:lead_answer", args=keys)
