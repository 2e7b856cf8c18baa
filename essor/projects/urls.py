"""Addresses of projects; the territory's name comes before."""

from django.urls import path

from essor.projects.views import board, moves, pace, project, stages

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
    path("<str:project>/leader/", project.leader, name="leader"),
    path("<str:project>/following/", project.following, name="following"),
]
