"""The eight spheres that every territory starts with."""

from django.db import migrations

from essor.people.migrations._spheres import make_spheres


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make_spheres, migrations.RunPython.noop)]
