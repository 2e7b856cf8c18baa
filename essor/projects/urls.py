"""Addresses of projects; the territory's name comes before."""

from django.urls import path

from essor.projects.views import board, project

app_name = "projects"
urlpatterns = [
    path("", board.board, name="board"),
    path("<str:project>/", project.project, name="project"),
    path("<str:project>/words/", project.words, name="words"),
    path("<str:project>/stage/", project.stage, name="stage"),
    path("<str:project>/leader/", project.leader, name="leader"),
    path("<str:project>/following/", project.following, name="following"),
]
