"""A project's support: its cohort, its mentors, what is recommended and answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit import clock
from essor.projects.doors import a_project
from essor.projects.models import Project
from essor.support.doors import acting_mentor, concerned, speaks_for
from essor.support.queries.cohorts import places_of
from essor.support.queries.following import contact_of, pause_of
from essor.support.queries.mentors import mentorings_of
from essor.support.queries.play import way_of_project
from essor.support.queries.recommendations import of_project
from essor.territories.doors import HOST, Rights, door


@door(HOST, opens=(a_project,), own=concerned, name="host, who speaks for it, its mentors")
def project(request: HttpRequest, project: Project) -> HttpResponse:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    mentor = acting_mentor(rights, project)
    standings, ways = way_of_project(project)
    context = {
        "standings": standings,
        "ways": [way for way in ways if way.before or way.after],
        "project": project,
        "places": places_of(project),
        "mentorings": mentorings_of(project),
        "recommendations": of_project(project),
        "files": list(project.files.select_related("committee").order_by("-frozen_at", "-id")),
        "mentor": mentor,
        "contact": contact_of(project),
        "pause": pause_of(project, clock.today()) if rights.is_host else None,
        "host": rights.is_host,
        "answers": rights.is_host or speaks_for(rights, project=project),
        "today": clock.today(),
    }
    return render(request, "support/project.html", context)
