"""Bring over who leads each project, and what each search for a leader says."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def bring_over(apps: Any, schema_editor: Any) -> None:
    """Members of the part *leader* lead since they joined; words of a search become its call."""
    Membership = apps.get_model("projects", "Membership")
    Leadership = apps.get_model("projects", "Leadership")
    for each in Membership.objects.filter(part="leader").order_by("pk"):
        Leadership.objects.create(
            project_id=each.project_id,
            person_id=each.person_id,
            since=timezone.localdate(each.since),
        )
    Membership.objects.filter(part="leader").update(part="member")
    LeaderCall = apps.get_model("projects", "LeaderCall")
    now = timezone.now()
    searching = apps.get_model("projects", "Project").objects.filter(leader_wanted=True)
    for project in searching.exclude(leader_words="").order_by("pk"):
        LeaderCall.objects.create(
            project_id=project.pk,
            asked=project.leader_words,
            opens_on=timezone.localdate(now),
            created_at=now,
        )


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_leading")]

    operations = [migrations.RunPython(bring_over, migrations.RunPython.noop)]
