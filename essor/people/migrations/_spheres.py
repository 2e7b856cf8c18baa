"""The eight spheres that every territory starts with."""

SPHERES = [
    ("citizen", "Habitant·e", "Citizen", "Habitants", "Citizens", "#ec6549", "H"),
    (
        "social_economy",
        "Économie sociale",
        "Social economy",
        "Économie sociale",
        "Social economy",
        "#084d32",
        "S",
    ),
    ("enterprise", "Entreprise", "Enterprise", "Entreprises", "Enterprises", "#1a71b3", "E"),
    ("association", "Association", "Association", "Associations", "Associations", "#f4b02c", "A"),
    (
        "public_body",
        "Collectivité",
        "Public body",
        "Collectivités",
        "Public bodies",
        "#662f8b",
        "C",
    ),
    (
        "employment",
        "Service de l’emploi",
        "Employment service",
        "Emploi",
        "Employment",
        "#329eb1",
        "T",
    ),
    (
        "education",
        "École et recherche",
        "Education and research",
        "Écoles",
        "Education",
        "#b93473",
        "R",
    ),
    ("finance", "Financeur", "Finance", "Financeurs", "Finance", "#815e03", "F"),
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
