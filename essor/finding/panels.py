"""On the page of what one hears of: the searches that one keeps, each with a way out."""

from django.http import HttpRequest

from essor.finding.links import page_of, results_of
from essor.finding.models import SavedSearch
from essor.kit.finding import kinds
from essor.kit.panels import Panel, register
from essor.people.models import Person


def my_searches(request: HttpRequest, person: Person) -> Panel:
    kept = SavedSearch.objects.filter(person=person, confirmed_at__isnull=False)
    rows = [
        (each, kinds()[each.kind].label if each.kind in kinds() else "", results_of(each),
         page_of(each))
        for each in kept.select_related("territory").order_by("words", "id")
    ]  # fmt: skip
    return Panel("finding/_my_searches.html", {"rows": rows})


register("news", my_searches, order=10)
