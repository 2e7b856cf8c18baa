"""How plans and their computations are found inside an evening."""

from essor.evenings.models import Evening, Plan, PlanRun
from essor.territories.doors import Opens, Rights


def find_plan(rights: Rights, evening: Evening, key: str) -> Plan | None:
    found = Plan.objects.filter(evening=evening, public_id=key).first()
    if found is not None:
        found.evening = evening
    return found


def find_run(rights: Rights, evening: Evening, key: str) -> PlanRun | None:
    found = PlanRun.objects.filter(evening=evening, public_id=key).first()
    if found is not None:
        found.evening = evening
    return found


a_plan = Opens("plan", find_plan)
a_run = Opens("run", find_run)
