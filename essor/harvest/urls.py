"""Addresses of the harvest, one list a noun; the territory's name comes before."""

from django.urls import URLPattern, path

from essor.harvest.views import fates as fates_views
from essor.harvest.views import giving
from essor.harvest.views import harvest as harvest_views
from essor.harvest.views import harvests as harvests_views
from essor.harvest.views import kindness as kindness_views
from essor.harvest.views import lists as list_views
from essor.harvest.views import near as near_views
from essor.harvest.views import pictures as picture_views
from essor.harvest.views import proposals as proposal_views
from essor.harvest.views import sorting as sorting_views
from essor.harvest.views import sorting_groups as group_views
from essor.harvest.views import sorting_screen as sorting_screen_views
from essor.harvest.views import sources as source_views

app_name = "harvest"

HARVEST = "<str:harvest>/"
IDEA = f"{HARVEST}ideas/<str:idea>/"
TABLE = f"{HARVEST}sorting/"
GROUP = f"{TABLE}groups/<str:group>/"
PROPOSAL = f"{TABLE}proposals/<str:grouping>/"

harvests: list[URLPattern] = [
    path("", harvests_views.harvests, name="harvests"),
    path("new/", harvests_views.new_harvest, name="new"),
    path("outcomes/", fates_views.outcomes, name="outcomes"),
    path(HARVEST, harvest_views.harvest, name="harvest"),
    path(f"{HARVEST}desk/", harvests_views.desk, name="desk"),
    path(f"{HARVEST}details/", harvests_views.details, name="details"),
    path(f"{HARVEST}moves/", harvests_views.moves, name="moves"),
    path(f"{HARVEST}poster/", harvests_views.poster, name="poster"),
]

ideas: list[URLPattern] = [
    path(f"{HARVEST}idea/", giving.give, name="give"),
    path(f"{HARVEST}near/", near_views.near, name="near"),
    path(IDEA, harvest_views.idea, name="idea"),
    path(f"{IDEA}thanks/", giving.thanks, name="thanks"),
    path(f"{IDEA}support/", near_views.support, name="support"),
]

kindness: list[URLPattern] = [
    path(f"{HARVEST}charter/", kindness_views.charter, name="charter"),
    path(f"{HARVEST}care/", kindness_views.care, name="care"),
    path(f"{IDEA}report/", kindness_views.report, name="report"),
    path(f"{IDEA}decision/", kindness_views.decision, name="decision"),
    path(f"{IDEA}appeal/", kindness_views.appealing, name="appeal"),
    path(f"{IDEA}withdrawal/", kindness_views.withdrawal, name="withdrawal"),
    path(f"{IDEA}correction/", kindness_views.correction, name="correction"),
]

SOURCE = f"{HARVEST}sources/<str:source>/"
LIST = f"{HARVEST}lists/<str:lines>/"
PICTURE = f"{HARVEST}pictures/<str:picture>/"

bringing: list[URLPattern] = [
    path(f"{HARVEST}sources/", source_views.sources, name="sources"),
    path(SOURCE, source_views.source, name="source"),
    path(f"{SOURCE}pictures/", picture_views.pictures, name="pictures"),
    path(f"{HARVEST}lists/", list_views.lists, name="lists"),
    path(LIST, list_views.one_list, name="list"),
    path(f"{LIST}arrival/", list_views.arrival, name="list_arrival"),
    path(f"{LIST}removal/", list_views.removal, name="list_removal"),
    path(PICTURE, picture_views.picture, name="picture"),
    path(f"{PICTURE}hands/", picture_views.hands, name="picture_hands"),
    path(f"{PICTURE}picture.jpg", picture_views.picture_file, name="picture_file"),
]

sorting: list[URLPattern] = [
    path(TABLE, sorting_views.sorting, name="sorting"),
    path(f"{TABLE}moves/", sorting_views.moves, name="sorting_moves"),
    path(f"{TABLE}undoings/", sorting_views.undoings, name="sorting_undoings"),
    path(f"{TABLE}hands/", sorting_views.hands, name="sorting_hands"),
    path(f"{TABLE}ideas/<str:idea>/", sorting_views.sorted_idea, name="sorted_idea"),
    path(GROUP, group_views.group, name="sorting_group"),
    path(f"{GROUP}name/", group_views.name, name="sorting_group_name"),
    path(f"{GROUP}merger/", group_views.merger, name="sorting_group_merger"),
    path(f"{GROUP}locking/", group_views.locking, name="sorting_group_locking"),
    path(f"{GROUP}parking/", group_views.parking, name="sorting_group_parking"),
    path(f"{GROUP}removal/", group_views.removal, name="sorting_group_removal"),
    path(f"{TABLE}screen/", sorting_screen_views.screen, name="sorting_screen"),
    path(f"{TABLE}screen/now/", sorting_screen_views.now, name="sorting_screen_now"),
    path(f"{TABLE}proposals/", proposal_views.proposals, name="proposals"),
    path(PROPOSAL, proposal_views.proposal, name="proposal"),
    path(f"{PROPOSAL}progress/", proposal_views.progress, name="proposal_progress"),
    path(f"{PROPOSAL}decisions/", proposal_views.decisions, name="proposal_decisions"),
]

fates: list[URLPattern] = [
    path(f"{HARVEST}fates/", fates_views.fates, name="fates"),
    path(f"{IDEA}fate/", fates_views.fate, name="fate"),
]

urlpatterns = [*harvests, *ideas, *kindness, *bringing, *sorting, *fates]
