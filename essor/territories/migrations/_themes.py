"""The themes that territories of the network share from the start."""

THEMES = [
    ("alimentation", "Alimentation et agriculture", "Food and farming"),
    ("economie-circulaire", "Économie circulaire et réemploi", "Circular economy and re-use"),
    ("energie", "Énergie", "Energy"),
    ("mobilite", "Mobilité", "Mobility"),
    ("habitat", "Habitat et rénovation", "Housing and renovation"),
    ("bien-vieillir", "Bien vieillir", "Ageing well"),
    ("lien-social", "Solidarité et lien social", "Solidarity and social ties"),
    ("education", "Éducation et formation", "Education and training"),
    ("emploi", "Emploi et insertion", "Employment and inclusion"),
    ("industrie", "Industrie et relocalisation", "Industry and relocation"),
    ("tourisme", "Tourisme", "Tourism"),
    ("culture", "Culture", "Culture"),
    ("media", "Médias et communication", "Media and communication"),
    ("sante", "Santé et soin", "Health and care"),
    ("environnement", "Environnement et eau", "Environment and water"),
    ("centre-ville", "Centres-villes", "Town centres"),
    ("citoyennete", "Engagement citoyen", "Civic engagement"),
    ("tiers-lieu", "Tiers-lieux", "Third places"),
    ("services", "Services de proximité", "Local services"),
    ("numerique", "Numérique inclusif", "Inclusive digital life"),
    ("finance", "Finance solidaire", "Solidarity finance"),
]


def make_themes(apps, schema_editor):
    theme = apps.get_model("territories", "Theme")
    for order, (code, name_fr, name_en) in enumerate(THEMES):
        made, new = theme.objects.get_or_create(
            territory=None,
            code=code,
            defaults={"name_fr": name_fr, "name_en": name_en, "order": order},
        )
        if not new and not made.name_en:
            made.name_en = name_en
            made.save(update_fields=["name_en"])
