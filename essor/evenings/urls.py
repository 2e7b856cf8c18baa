"""Addresses of evenings, one list a noun; the territory's name comes before."""

from django.urls import URLPattern, path

from essor.evenings.views import calendar as calendar_views
from essor.evenings.views import (
    commitments,
    conductor,
    desk,
    giving_back,
    here,
    my_registration,
    people_files,
    plan_history,
    plan_people,
    pulse,
    rehearsals,
    sheets,
    table_ideas,
    ticket,
    together,
)
from essor.evenings.views import day_after as day_after_views
from essor.evenings.views import door as door_views
from essor.evenings.views import door_tables as door_table_views
from essor.evenings.views import lists as list_views
from essor.evenings.views import missing as missing_views
from essor.evenings.views import plan as plan_views
from essor.evenings.views import prints as print_views
from essor.evenings.views import registration as registration_views
from essor.evenings.views import remote as remote_views
from essor.evenings.views import screen as screen_views
from essor.evenings.views import setup as setup_views
from essor.evenings.views import tables as table_views

app_name = "evenings"

EVENING = "<str:evening>/"
PLAYED = f"{EVENING}rehearsals/<str:rehearsal>/"
MINE = f"{EVENING}registrations/<str:registration>/"

calendar: list[URLPattern] = [
    path("", calendar_views.evenings, name="evenings"),
    path(EVENING, calendar_views.evening, name="evening"),
    path(f"{EVENING}calendar.ics", ticket.calendar_file, name="calendar_file"),
]

setup: list[URLPattern] = [
    path("new/", setup_views.new_evening, name="new"),
    path(f"{EVENING}desk/", desk.desk, name="desk"),
    path(f"{EVENING}details/", setup_views.details, name="details"),
    path(f"{EVENING}room/", setup_views.room, name="room"),
    path(f"{EVENING}room/remote/", remote_views.remote_tables, name="remote_tables"),
    path(f"{EVENING}rehearsals/", rehearsals.rehearsals, name="rehearsals"),
    path(f"{PLAYED}end/", rehearsals.rehearsal_end, name="rehearsal_end"),
    path(f"{EVENING}rehearsals/removal/", rehearsals.rehearsal_removal, name="rehearsal_removal"),
    path(f"{EVENING}challenges/", setup_views.challenges, name="challenges"),
    path(f"{EVENING}running-order/", setup_views.running_order, name="running_order"),
    path(f"{EVENING}questions/", setup_views.questions, name="questions"),
    path(f"{EVENING}moves/", setup_views.moves, name="moves"),
]

registration: list[URLPattern] = [
    path(f"{EVENING}registration/", registration_views.registration_form, name="register"),
    path(f"{EVENING}registration/link/", my_registration.lost_link, name="lost_link"),
    path(MINE, registration_views.registration, name="registration"),
    path(f"{MINE}presence/", remote_views.presence, name="presence"),
    path(f"{MINE}answers/", my_registration.answers, name="answers"),
    path(f"{MINE}cancellation/", my_registration.cancellation, name="cancellation"),
    path(f"{MINE}return/", my_registration.coming_back, name="coming_back"),
    path(f"{MINE}ticket/", ticket.ticket, name="ticket"),
    path(f"{EVENING}tickets/<str:code>/", ticket.ticket_code, name="ticket_code"),
]

missing: list[URLPattern] = [
    path(f"{EVENING}missing/", missing_views.who_is_missing, name="missing"),
]

lists: list[URLPattern] = [
    path(f"{EVENING}lists/", list_views.lists, name="lists"),
    path(f"{EVENING}lists/<str:batch>/", list_views.one_list, name="list"),
    path(f"{EVENING}lists/<str:batch>/columns/", list_views.list_columns, name="list_columns"),
    path(f"{EVENING}lists/<str:batch>/removal/", list_views.list_removal, name="list_removal"),
    path(f"{EVENING}lists/<str:batch>/tickets/", list_views.list_tickets, name="list_tickets"),
    path(f"{EVENING}lists/<str:batch>/left.xlsx", people_files.list_left, name="list_left"),
    path(f"{EVENING}people.<str:kind>", people_files.people_file, name="people_file"),
]

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

prints: list[URLPattern] = [
    path(f"{EVENING}print/", print_views.prints, name="prints"),
    path(f"{EVENING}print/<slug:kind>.pdf", print_views.print_file, name="print_file"),
]

AT_DOOR = "<str:evening>/door/people/<str:registration>/"
door: list[URLPattern] = [
    path("<str:evening>/door/", door_views.door_desk, name="door"),
    path("<str:evening>/door/people.json", door_views.door_list, name="door_list"),
    path("<str:evening>/door/arrivals/", door_views.door_arrivals, name="door_arrivals"),
    path("<str:evening>/door/walk-in/", door_views.door_walk_in, name="door_walk_in"),
    path("<str:evening>/door/tables/", door_table_views.door_tables, name="door_tables"),
    path("<str:evening>/door/tables/<str:table>/closure/", door_table_views.door_closure,
         name="door_closure"),
    path("<str:evening>/door/freed-seats/", door_table_views.door_free_seats,
         name="door_free_seats"),
    path("<str:evening>/door/count/", door_table_views.door_count, name="door_count"),
    path(AT_DOOR, door_views.door_person, name="door_person"),
    path(f"{AT_DOOR}departure/", door_views.door_departure, name="door_departure"),
    path(f"{AT_DOOR}absence/", door_views.door_absence, name="door_absence"),
    path(f"{AT_DOOR}seat/", door_views.door_seat, name="door_seat"),
]  # fmt: skip

a_table = "<str:evening>/tables/<str:table>/"
tables: list[URLPattern] = [
    path("<str:evening>/here/", here.here, name="here"),
    path("<str:evening>/commitments/new/", commitments.commitment, name="commitment"),
    path(a_table, table_views.table, name="table"),
    path(f"{a_table}key/", table_views.key, name="table_key"),
    path(f"{a_table}ideas/", table_views.ideas, name="table_ideas"),
    path(f"{a_table}ideas/<str:idea>/mark/", table_ideas.idea_mark, name="idea_mark"),
    path(f"{a_table}ideas/<str:idea>/choice/", table_ideas.idea_choice, name="idea_choice"),
    path(f"{a_table}help/", table_ideas.help_wanted, name="help"),
    path(f"{a_table}phone/", table_views.phone, name="phone"),
    path(f"{a_table}sheet/<slug:step>/", sheets.step, name="sheet"),
    path(f"{a_table}settlements/<str:variant>/", sheets.settlement, name="settlement"),
    path(f"{a_table}photos/", sheets.photos, name="photos"),
    path(f"{a_table}photos/<str:photo>/", sheets.photo, name="photo"),
    path(f"{a_table}handing-in/", sheets.handing_in, name="handing_in"),
]

screen: list[URLPattern] = [
    path("<str:evening>/screen/", screen_views.screen, name="screen"),
    path("<str:evening>/screen/now/", screen_views.now, name="screen_now"),
    path("<str:evening>/conductor/", conductor.conductor, name="conductor"),
    path("<str:evening>/conductor/phase/", conductor.phase, name="conductor_phase"),
    path("<str:evening>/conductor/timer/", conductor.timer, name="conductor_timer"),
    path("<str:evening>/conductor/scene/", conductor.scene, name="conductor_scene"),
    path("<str:evening>/conductor/message/", conductor.message, name="conductor_message"),
    path("<str:evening>/conductor/pitch/", conductor.pitch, name="conductor_pitch"),
    path("<str:evening>/conductor/baton/", conductor.baton, name="conductor_baton"),
    path("<str:evening>/conductor/ending/", conductor.ending, name="conductor_ending"),
    path("<str:evening>/conductor/ideas/<str:idea>/", conductor.hiding, name="hiding"),
]

day_after: list[URLPattern] = [
    path("<str:evening>/day-after/", day_after_views.page, name="day_after"),
]

before_leaving: list[URLPattern] = [
    path("<str:evening>/ideas-back/", giving_back.giving_back, name="giving_back"),
    path("<str:evening>/pulse/", pulse.pulse, name="pulse"),
    path("<str:evening>/pulse/paper/", pulse.paper, name="pulse_paper"),
    path(f"{a_table}together/", together.together, name="together"),
    path(f"{a_table}together/<str:staying>/", together.staying, name="staying"),
    path(f"{a_table}together/<str:staying>/end/", together.staying_end, name="staying_end"),
    path(f"{a_table}leaving/<str:token>/", together.leaving_table, name="leaving_table"),
    path(f"{a_table}keeper/", together.keeper, name="keeper"),
    path(f"{a_table}rest/", together.rest, name="rest_table"),
]

urlpatterns = [
    *setup,
    *calendar,
    *registration,
    *missing,
    *lists,
    *plan,
    *prints,
    *door,
    *tables,
    *screen,
    *day_after,
    *before_leaving,
]
