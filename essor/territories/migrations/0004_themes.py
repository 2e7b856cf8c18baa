"""The themes that territories of the network share from the start."""

from django.db import migrations

from essor.territories.migrations._themes import make_themes


class Migration(migrations.Migration):
    dependencies = [("territories", "0003_founding")]
    operations = [migrations.RunPython(make_themes, migrations.RunPython.noop)]
