"""Addresses of projects; the territory's name comes before."""

from django.urls import path

from essor.projects.views import (
    board,
    hosting,
    leader_answers,
    leading,
    moves,
    pace,
    project,
    stages,
)

app_name = "projects"
urlpatterns = [
    path("", board.board, name="board"),
    path("pace/", pace.pace, name="pace"),
    path("stages/", stages.stages, name="stages"),
    path("stages/new/", stages.new_stage, name="new_stage"),
    path("stages/<str:stage>/", stages.edit_stage, name="edit_stage"),
    path("stages/<str:stage>/retirement/", stages.retirement, name="stage_retirement"),
    path("<str:project>/", project.project, name="project"),
    path("<str:project>/story/", project.story, name="story"),
    path("<str:project>/words/", project.words, name="words"),
    path("<str:project>/stage/", moves.stage, name="stage"),
    path("<str:project>/leader/", leading.hub, name="leader"),
    path("<str:project>/leader/call/", leading.call, name="leader_call"),
    path("<str:project>/leader/search-ending/", leading.search_ending, name="leader_search_ending"),
    path("<str:project>/leader/naming/", leading.naming, name="leader_naming"),
    path("<str:project>/leader/<str:leadership>/", leading.leaving, name="leader_leaving"),
    path("<str:project>/lead/", leader_answers.answering, name="lead"),
    path("<str:project>/lead/<str:answer>/", leader_answers.answer, name="lead_answer"),
    path(
        "<str:project>/lead/<str:answer>/taking-back/",
        leader_answers.taking_back,
        name="lead_taking_back",
    ),
    path("<str:project>/lead/<str:answer>/reply/", leader_answers.replying, name="lead_reply"),
    path("<str:project>/hosting/", hosting.hosting, name="hosting"),
    path("<str:project>/hosting/<str:hosting>/", hosting.hosting_ending, name="hosting_ending"),
]
