"""Addresses of support; the territory's name comes before."""

from django.urls import path

from essor.support.views import (
    cohorts,
    committees,
    files,
    following,
    members,
    mentors,
    project,
    recommendations,
)

app_name = "support"
urlpatterns = [
    path("", cohorts.cohorts, name="cohorts"),
    path("cohorts/new/", cohorts.new_cohort, name="new_cohort"),
    path("cohorts/<str:cohort>/", cohorts.cohort, name="cohort"),
    path("cohorts/<str:cohort>/wording/", cohorts.cohort_words, name="cohort_words"),
    path("cohorts/<str:cohort>/projects/", cohorts.taking_in, name="taking_in"),
    path("cohorts/<str:cohort>/projects/<str:project>/", cohorts.taking_out, name="taking_out"),
    path("committees/", committees.committees, name="committees"),
    path("committees/new/", committees.new_committee, name="new_committee"),
    path("committees/<str:committee>/", committees.committee, name="committee"),
    path("committees/<str:committee>/files/", committees.new_file, name="new_file"),
    path("committees/<str:committee>/members/", members.members, name="members"),
    path("committees/<str:committee>/members/<str:member>/link/", members.link, name="member_link"),
    path(
        "committees/<str:committee>/members/<str:member>/departure/",
        members.departure,
        name="member_departure",
    ),
    path("files/<str:file>/", files.file, name="file"),
    path("files/<str:file>/declaration/", files.declaration, name="declaration"),
    path("files/<str:file>/voice/", files.voice, name="voice"),
    path("files/<str:file>/decision/", files.decision, name="decision"),
    path("mentors/", mentors.mentors, name="mentors"),
    path("mentors/new/", mentors.new_mentor, name="new_mentor"),
    path("mentors/<str:mentor>/", mentors.mentor, name="mentor"),
    path("mentors/<str:mentor>/agreement/", mentors.agreement, name="agreement"),
    path("mentors/<str:mentor>/offer/", mentors.offer, name="offer"),
    path("mentors/<str:mentor>/departure/", mentors.departure, name="departure"),
    path("mentors/<str:mentor>/projects/", mentors.match, name="match"),
    path(
        "mentors/<str:mentor>/projects/<str:mentoring>/",
        mentors.mentoring_ending,
        name="mentoring_ending",
    ),
    path("projects/<str:project>/", project.project, name="project"),
    path(
        "projects/<str:project>/recommendations/",
        recommendations.new_recommendation,
        name="new_recommendation",
    ),
    path("projects/<str:project>/contact/", following.contact, name="contact"),
    path("projects/<str:project>/pause/", following.resting, name="pause"),
    path("projects/<str:project>/waking/", following.waking, name="waking"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/<str:recommendation>/", recommendations.answer, name="answer"),
]
