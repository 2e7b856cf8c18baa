"""Addresses of evenings, one list a noun; the territory's name comes before."""

from django.urls import URLPattern, path

from essor.evenings.views import plan as plan_views
from essor.evenings.views import plan_history, plan_people

app_name = "evenings"

calendar: list[URLPattern] = []

setup: list[URLPattern] = []

registration: list[URLPattern] = []

missing: list[URLPattern] = []

lists: list[URLPattern] = []

plan: list[URLPattern] = [
    path("<str:evening>/plan/", plan_views.plan, name="plan"),
    path("<str:evening>/plan/list/", plan_views.plan_list, name="plan_list"),
    path("<str:evening>/plan/runs/", plan_views.plan_runs, name="plan_runs"),
    path("<str:evening>/plan/runs/<str:run>/", plan_views.plan_run, name="plan_run"),
    path("<str:evening>/plan/runs/<str:run>/end/", plan_views.plan_run_end, name="plan_run_end"),
    path("<str:evening>/plan/decisions/", plan_views.plan_decisions, name="plan_decisions"),
    path("<str:evening>/plan/tables/<int:number>/", plan_people.plan_table, name="plan_table"),
    path("<str:evening>/plan/people/<str:registration>/", plan_people.plan_person,
         name="plan_person"),
    path("<str:evening>/plan/people/<str:registration>/pin/", plan_people.plan_pin,
         name="plan_pin"),
    path("<str:evening>/plan/people/<str:registration>/facilitation/",
         plan_people.plan_facilitation, name="plan_facilitation"),
    path("<str:evening>/plan/steps/", plan_history.plan_steps, name="plan_steps"),
    path("<str:evening>/plan/rest/", plan_history.plan_rest, name="plan_rest"),
    path("<str:evening>/plan/kept/", plan_history.plans, name="plans"),
    path("<str:evening>/plan/kept/<str:plan>/name/", plan_history.plan_name, name="plan_name"),
    path("<str:evening>/plan/kept/<str:plan>.json", plan_history.plan_document,
         name="plan_document"),
    path("<str:evening>/plan/mix/", plan_history.plan_mix, name="plan_mix"),
    path("<str:evening>/plan/publication/", plan_history.plan_publication,
         name="plan_publication"),
    path("<str:evening>/plan/problem.json", plan_history.plan_problem, name="plan_problem"),
]  # fmt: skip

prints: list[URLPattern] = []

door: list[URLPattern] = []

tables: list[URLPattern] = []

screen: list[URLPattern] = []

day_after: list[URLPattern] = []

urlpatterns = [
    *calendar,
    *setup,
    *registration,
    *missing,
    *lists,
    *plan,
    *prints,
    *door,
    *tables,
    *screen,
    *day_after,
]
