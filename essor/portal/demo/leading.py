"""Who carries the example's projects: calls, answers, somebody found, hosting. All invented."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from essor.ledger.actions import step
from essor.people.models import Person
from essor.portal.demo.life import person_of
from essor.portal.facts import lasting_id
from essor.projects.actions.hosting import begin_hosting, end_hosting
from essor.projects.actions.leader_answers import answer_search, choose_leader, reply
from essor.projects.actions.leading import CallWords, call_for_leader, end_leadership
from essor.projects.leading import leaders_of
from essor.projects.models import LeaderAnswer, Project

ME, SOMEBODY = LeaderAnswer.Kind.ME, LeaderAnswer.Kind.SOMEBODY
TALKING, NOT_NOW = LeaderAnswer.State.TALKING, LeaderAnswer.State.NOT_NOW


@step
def lead_projects(projects: Mapping[str, Project], at: datetime) -> None:
    """By their keys: one handed over and found somebody, one looks, one looks for one more."""
    _found(projects["cuir"], at)
    _wanted(projects["aidants"], at)
    _one_more(projects["legumerie"], at)
    _hosted(projects["fournil"], projects["cuir"], at)


def _days(at: datetime, days: int) -> date:
    return timezone.localdate(at + timedelta(days=days))


def _hand_over(project: Project, at: datetime) -> None:
    for term in leaders_of(project):
        term.project = project
        until = timezone.localdate(at)
        end_leadership(leadership=term, until=until, by=term.person, at=at)


def _found(project: Project, at: datetime) -> None:
    """Somebody handed over, a call was open for a month, one of the group took it up."""
    _hand_over(project, at - timedelta(days=205))
    _call(
        project, at, -200, (-200, -170),
        "Driss ouvre un second lieu ; l’atelier est lancé et demande quelqu’un chaque jour.",
        "Quatre jours par semaine, un contrat porté le temps de fonder la coopérative.",
        "Le groupe de l’atelier et deux personnes de l’équipe",
    )  # fmt: skip
    then = at - timedelta(days=185)
    solange = _answer(project, then, "Solange", "Bonnet", ME,
                      "Trente ans de coupe, et l’envie de transmettre.")  # fmt: skip
    other = _answer(project, then, "Régis", "Mallet", ME, "Je cherche un projet à reprendre.")
    host = person_of("host")
    reply(
        answer=other, state=NOT_NOW, by=host, at=at - timedelta(days=175),
        words="Votre parcours nous intéresse pour un autre projet : parlons-nous en janvier.",
    )  # fmt: skip
    choose_leader(
        answer=solange, words="Tout le monde a dit oui, et d’abord les jeunes.", by=host,
        at=at - timedelta(days=168),
    )  # fmt: skip


def _wanted(project: Project, at: datetime) -> None:
    """Nobody leads; a call is open, and answers wait for a human."""
    _hand_over(project, at - timedelta(days=46))
    _call(
        project, at, -40, (-40, 24),
        "Béatrice retrouve sa mère à plein temps. Vingt familles attendent, le groupe continue.",
        "Deux jours par semaine pendant un an ; l’hôpital prête la salle, le contrat est à porter.",
        "Le groupe des aidants, l’infirmière et l’équipe d’animation",
    )  # fmt: skip
    colette = _answer(project, at - timedelta(days=20), "Colette", "Jourdan", SOMEBODY,
                      "Une ancienne collègue, douce et très organisée.")  # fmt: skip
    reply(
        answer=colette, state=TALKING, words="Merci Colette, je vous appelle mardi.",
        by=person_of("host"), at=at - timedelta(days=18),
    )  # fmt: skip
    _answer(project, at - timedelta(days=2), "Mireille", "Astier", ME,
            "J’ai accompagné mon père six ans. Je sais ce que deux heures veulent dire.",
            after=colette)  # fmt: skip


def _one_more(project: Project, at: datetime) -> None:
    """Somebody leads, and looks for one more: the call opens in some days."""
    _call(
        project, at, -3, (5, 50),
        "Lucie porte trois projets : la légumerie mérite quelqu’un pour elle seule.",
        "Un mi-temps pour commencer, avec Lucie à vos côtés les six premiers mois.",
        "Lucie, deux cuisiniers et l’équipe d’animation",
    )  # fmt: skip


def _hosted(now: Project, before: Project, at: datetime) -> None:
    host = person_of("host")
    begin_hosting(
        project=now, name="Le Portoir, coopérative d’activité (exemple)",
        carries="le contrat de Lucie, l’assurance du four et la comptabilité",
        since=_days(at, -120), until=_days(at, 240), by=host, at=at - timedelta(days=120),
    )  # fmt: skip
    hosting = begin_hosting(
        project=before, name="Les Mains d’ici, association (exemple)",
        carries="les premiers salaires et le bail de l’atelier",
        since=_days(at, -300), by=host, at=at - timedelta(days=300),
    )  # fmt: skip
    end_hosting(
        hosting=hosting, until=_days(at, -100), by=host, at=at - timedelta(days=100),
        what_next="L’atelier a fondé sa coopérative : elle reprend les salaires et le bail.",
    )  # fmt: skip


def _call(
    project: Project, at: datetime, day: int, days: tuple[int, int], why: str, asked: str, who: str
) -> None:
    """A call opened on ``day`` that takes answers from one of ``days`` to the other."""
    words = CallWords(why, asked, _days(at, days[0]), _days(at, days[1]), who)
    opened = at + timedelta(days=day)
    call_for_leader(project=project, words=words, by=person_of("host"), at=opened)


def _answer(
    project: Project,
    at: datetime,
    first_name: str,
    last_name: str,
    kind: str,
    words: str,
    after: LeaderAnswer | None = None,
) -> LeaderAnswer:
    who = somebody(first_name, last_name, at)
    answer, _token = answer_search(
        project=project, person=who, kind=kind, words=words, shows_name=True, after=after, by=who,
        at=at,
    )  # fmt: skip
    return answer


def somebody(first_name: str, last_name: str, at: datetime) -> Person:
    """An invented person, the same one each time this name is said."""
    key = lasting_id("person", f"{first_name} {last_name}")
    email = f"{first_name}.{last_name}@example.org".lower()
    found, _new = Person.objects.get_or_create(
        public_id=key,
        defaults={
            "first_name": first_name, "last_name": last_name, "email": email, "invented": True,
            "created_at": at,
        },
    )  # fmt: skip
    return found
