"""Who hears first that a project needs something: the people of its table, before the crowd.

A room above says who they are; whoever sends needs out asks here.

    first_asked_by(people_who_stay)
    people_first_asked(project)        # persons, in the order in which they are asked
"""

from collections.abc import Callable, Iterable

from essor.people.models import Person
from essor.projects.leading import leaders_of
from essor.projects.models import Membership, Project

Asked = Callable[[Project], Iterable[Person]]
_askers: list[Asked] = []


def first_asked_by(asked: Asked) -> None:
    """Let ``asked(project)`` name people who are asked before those that follow."""
    _askers.append(asked)


def people_first_asked(project: Project) -> list[Person]:
    """Each person once: those whom rooms above name, then leaders, members and people of the table
    who follow the project. Two queries beside those of the rooms above.
    """
    near = (Membership.Part.MEMBER, Membership.Part.TABLE)
    group = Membership.objects.filter(
        project=project, part__in=near, follows=True, person__erased_at=None
    ).select_related("person")
    leaders = {each.person_id for each in leaders_of(project)}
    rank = {part: at for at, part in enumerate(near)}
    members = sorted(
        group,
        key=lambda each: (each.person_id not in leaders, rank[Membership.Part(each.part)], each.pk),
    )
    people = [person for asked in _askers for person in asked(project)]
    people += [each.person for each in members]
    return list({person.pk: person for person in people}.values())
