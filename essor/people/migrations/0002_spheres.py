"""The eight spheres that every territory starts with."""

from django.db import migrations

SPHERES = [
    ("citizen", "Habitant·e", "Citizen", "Habitants", "Citizens", "#e4572e", "H"),
    (
        "social_economy",
        "Économie sociale",
        "Social economy",
        "Économie sociale",
        "Social economy",
        "#1f7a57",
        "S",
    ),
    ("enterprise", "Entreprise", "Enterprise", "Entreprises", "Enterprises", "#2f6db0", "E"),
    ("association", "Association", "Association", "Associations", "Associations", "#f2a51c", "A"),
    (
        "public_body",
        "Collectivité",
        "Public body",
        "Collectivités",
        "Public bodies",
        "#7a4fa3",
        "C",
    ),
    (
        "employment",
        "Service de l’emploi",
        "Employment service",
        "Emploi",
        "Employment",
        "#0f9aa8",
        "T",
    ),
    (
        "education",
        "École et recherche",
        "Education and research",
        "Écoles",
        "Education",
        "#b5306d",
        "R",
    ),
    ("finance", "Financeur", "Finance", "Financeurs", "Finance", "#6b6f1d", "F"),
]


def make_spheres(apps, schema_editor):
    sphere = apps.get_model("people", "Sphere")
    for order, (code, name_fr, name_en, plural_fr, plural_en, colour, letter) in enumerate(SPHERES):
        sphere.objects.get_or_create(
            code=code,
            defaults={
                "name_fr": name_fr,
                "name_en": name_en,
                "plural_fr": plural_fr,
                "plural_en": plural_en,
                "colour": colour,
                "letter": letter,
                "order": order,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make_spheres, migrations.RunPython.noop)]
