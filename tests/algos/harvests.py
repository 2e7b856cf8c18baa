"""Invented ideas for the grouping tests: subjects in different words, so that words alone lose."""

from essor.algos.grouping import Idea

SUBJECTS = {
    "cycling": [
        "Une vraie piste cyclable jusqu'à la gare",
        "Des arceaux pour attacher son vélo",
        "Apprendre aux adultes à rouler à bicyclette",
        "Louer des vélos électriques au mois",
        "Un atelier de mécanique pour deux-roues",
    ],
    "canteen": [
        "Des légumes du coin à la cantine",
        "Un vrai cuisinier dans chaque restaurant scolaire",
        "Un menu végétarien par semaine pour les écoliers",
        "Peser ce que les enfants laissent au self",
        "Moins de barquettes en plastique au déjeuner",
    ],
    "ageing": [
        "Rendre visite aux personnes âgées isolées",
        "Loger un étudiant chez une grand-mère",
        "Un bal du dimanche pour les retraités",
        "Soulager ceux qui aident un parent dépendant",
        "Des maisons de retraite ouvertes sur le quartier",
    ],
    "heating": [
        "Isoler les greniers des maisons anciennes",
        "Un conseiller pour changer sa chaudière",
        "Grouper les achats de fenêtres à double vitrage",
        "Former les maçons à la paille et au chanvre",
        "Prêter une caméra thermique l'hiver",
    ],
}
ODD = "Un jumelage avec une ville du Japon"


def ideas(*subjects, start=0):
    """The ideas of some subjects (all when none is named), ids i0, i1, ..."""
    said = [text for name in subjects or SUBJECTS for text in SUBJECTS[name]]
    return [Idea(f"i{start + i}", text) for i, text in enumerate(said)]


def subject_of(text):
    return next((name for name, said in SUBJECTS.items() if text in said), None)
