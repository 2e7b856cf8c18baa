"""Invented projects of an earlier evening, and who accompanies them. None of them exists."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Invented:
    """A project as the example tells it: ``moves`` are (days ago, stage, why)."""

    key: str
    title: str
    summary: str
    theme: str
    born: int
    moves: tuple[tuple[int, str, str], ...]
    leader: tuple[str, str] = ("", "")
    why_in: str = ""
    asleep: tuple[int, str] = (0, "")
    group: tuple[tuple[str, str], ...] = field(default=())


PROJECTS = (
    Invented(
        "fournil", "Le fournil partagé",
        "Un four de village où trois boulangers installés à la campagne cuisent à tour de rôle.",
        "alimentation", 560,
        ((520, "group", "Sept personnes se sont revues deux fois."),
         (430, "opportunity", "Quatre communes demandent du pain : on compte les familles."),
         (300, "feasibility", "Le comité dit oui : un lieu, des clients, un boulanger."),
         (120, "incubation", "Le premier four tourne deux matins par semaine.")),
        ("Lucie", "Brunier"), "Un four, un boulanger, deux communes : il manque le modèle.",
        group=(("Karim", "Osmani"), ("Josette", "Ferrand")),
    ),
    Invented(
        "batiment", "La recyclerie du bâtiment",
        "Portes, fenêtres et carrelages démontés avec soin, triés, revendus aux artisans d’ici.",
        "economie-circulaire", 540,
        ((500, "group", "Deux artisans et une architecte prennent la suite de la table."),
         (410, "opportunity", "Trois déconstructeurs donnent leurs chiffres."),
         (240, "feasibility", "Le comité dit oui, sous réserve du hangar.")),
        ("Samuel", "Vignon"), "Le gisement est sûr ; il faut un hangar et un prix.",
        group=(("Agathe", "Lorin"),),
    ),
    Invented(
        "toits", "Les toits citoyens",
        "Des habitants possèdent ensemble les panneaux des gymnases et des écoles.",
        "energie", 530,
        ((490, "group", "Douze voisins et une élue."),
         (400, "opportunity", "Six toits sont assez grands."),
         (280, "feasibility", "Le comité dit oui."),
         (90, "incubation", "La coopérative est signée, le premier gymnase est prêt.")),
        ("Naïma", "Cherfi"), "Il reste à réunir les 40 premiers sociétaires.",
        group=(("Étienne", "Roux"), ("Maud", "Perrier")),
    ),
    Invented(
        "aidants", "Le café des aidants",
        "Deux heures de répit chaque jeudi, avec quelqu’un de formé auprès du proche.",
        "bien-vieillir", 350,
        ((320, "group", "Quatre aidants et une infirmière."),
         (150, "opportunity", "Vingt familles ont répondu au questionnaire.")),
        ("Béatrice", "Morel"), "Un besoin immense, un groupe fatigué : il faut l’épauler.",
    ),
    Invented(
        "legumerie", "La légumerie des cantines",
        "Éplucher et couper ici les légumes d’ici, pour douze cantines.",
        "alimentation", 520,
        ((480, "group", "Trois cuisiniers et deux maraîchers."),
         (390, "opportunity", "Douze cantines, 300 kg par jour."),
         (250, "feasibility", "Le comité dit oui : la preuve existe ailleurs."),
         (60, "landing", "Une légumerie d’un autre département montre son atelier.")),
        ("Lucie", "Brunier"), "Une solution prouvée ailleurs, à adapter sans la refaire.",
    ),
    Invented(
        "navette", "La navette des apprentis",
        "Un minibus avant l’aube pour celles et ceux qui commencent à cinq heures.",
        "mobilite", 480,
        ((440, "group", "Un lycée, deux entreprises, six apprentis."),
         (330, "opportunity", "Quarante apprentis comptés, trois horaires."),
         (210, "feasibility", "Deux entreprises paient la moitié.")),
        ("Lucie", "Brunier"), "Deux entreprises prêtes à payer : il faut une assurance.",
    ),
    Invented(
        "velo", "L’école de réparation de vélos",
        "Apprendre à réparer en réparant, et repartir avec un vélo à soi.",
        "mobilite", 470,
        ((430, "group", "Un atelier, une mission locale."),),
        ("Driss", "Haddad"), asleep=(70, "Le local est vendu. On cherche, sans se presser."),
    ),
    Invented(
        "cuir", "L’atelier du cuir à deux mains",
        "Des anciens du cuir et des jeunes fabriquent ensemble une première série.",
        "industrie", 700,
        ((660, "group", "Cinq retraités du cuir et une styliste."),
         (560, "opportunity", "Trois boutiques commandent."),
         (420, "feasibility", "Le comité dit oui."),
         (300, "incubation", "Première série de quarante sacs."),
         (110, "launched", "L’atelier ouvre quatre jours par semaine.")),
        ("Driss", "Haddad"),
        group=(("Solange", "Bonnet"), ("Yanis", "Rey")),
    ),
)  # fmt: skip

COHORT = (
    "Promotion 2026", "Neuf mois : un mentor chacun, un atelier par mois, un comité, une soirée "
    "d’envol. Exemple inventé.", -150, 120, 118, "Théâtre de la Presle, Romans-sur-Isère",
)  # fmt: skip
"""Name, what its projects receive, first and last day from today, take-off evening, its place."""

MENTORS = (
    ("Omar", "Belkacem", "Le métier du pain, vingt ans de boulangerie", 2,
     (("fournil", "Son fournil tourne depuis 2009 avec trois associés."),)),
    ("Hélène", "Tardy", "Droit des coopératives, statuts et assemblées", 3,
     (("toits", "Elle a écrit les statuts de deux coopératives d’énergie."),
      ("batiment", "Un statut coopératif est en question."))),
    ("Gilles", "Faure", "Prix de revient et trésorerie, deux heures par mois", 2,
     (("batiment", "Il a tenu les comptes d’un négoce de matériaux."),
      ("legumerie", "Un plan sur trois ans est à faire."))),
    ("Awa", "Diallo", "Soins à domicile, organisation d’une équipe", 1,
     (("aidants", "Elle dirige un service d’aide à domicile."),)),
)  # fmt: skip
ASKED = ("Thierry", "Combe", "Transport de personnes, assurances", 1)
"""Somebody who has not answered yet."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Something recommended so many days ago; ``answers`` are (days ago, answer, words)."""

    project: str
    voice: str
    days: int
    what: str
    details: str = ""
    answers: tuple[tuple[int, str, str], ...] = ()


ADVICE = (
    Advice("fournil", "mentor", 95, "Écrire le prix de revient d’un kilo de pain",
           "Farine, bois, heures, loyer : une seule page, avec ce que vous ne savez pas encore.",
           ((80, "doing", "Lucie pèse tout pendant un mois."),
            (45, "done", "4,10 € le kilo. Nous vendions à 3,80 €."))),
    Advice("fournil", "mentor", 40, "Faire signer aux deux communes un bail de neuf ans", "",
           ((20, "blocked", "La deuxième commune attend son conseil de janvier."),)),
    Advice("fournil", "host", 12, "Raconter le four à la table qui l’a imaginé"),
    Advice("batiment", "mentor", 60, "Visiter la plateforme de réemploi de Grenoble", "",
           ((50, "already", "Visitée en mars, compte rendu dans le dossier."),)),
    Advice("batiment", "mentor", 34, "Demander un hangar à l’établissement foncier",
           "Ils ont des friches pour deux ans : une lettre d’une page suffit pour commencer."),
    Advice("toits", "mentor", 75, "Tenir l’assemblée avant la fin de l’année", "",
           ((70, "doing", "Salle réservée, convocations envoyées."),)),
    Advice("toits", "host", 48, "Chercher un parrain parmi les entreprises du parc", "",
           ((30, "not_for_us", "Nous voulons rester entre habitants pour les statuts."),)),
    Advice("aidants", "mentor", 28, "Dire non aux familles au-delà de huit, sans s’excuser"),
    Advice("legumerie", "mentor", 55, "Faire goûter deux cantines pendant un mois", "",
           ((40, "done", "Les enfants en ont repris. Il faut 12 % de moins sur le prix."),)),
)  # fmt: skip


HELD = {
    "fournil": "host", "batiment": "host", "toits": "host", "legumerie": "host", "cuir": "host",
    "aidants": "facilitator", "navette": "supporter",
}  # fmt: skip
"""Who of the team holds which project, by the part they play."""
PAUSED = ("aidants", 25, "La mère de Béatrice est hospitalisée.")
ASKED_FOR = (
    ("batiment", "premises", "Un hangar sec de 300 m²", -6),
    ("navette", "partner", "Une entreprise qui prête son minibus", 60),
)
"""What they need: kind, title, the day from today on."""
PROMISED = (
    ("toits", "Colette", "Deux jours de comptabilité", 13),
    ("fournil", "Bastien", "Un site pour les commandes", 6),
    ("batiment", "Rachel", "Relire le bail", 3),
)
"""Promises that nobody has answered: to which project, by whom, what, days ago."""
FROM_ELSEWHERE = (
    ("Hélène", "Marchetti", "une banque coopérative"),
    ("Gilbert", "Reynaud", "une mairie des collines"),
)
"""Who sits on the committee without being of the team: in whose name."""
STANDS = {
    "Le fournil partagé": {
        "team": 2,
        "need": 3,
        "model": 1,
        "premises": 4,
        "money": 2,
        "partners": 2,
        "asks": [1, 7],
        "hope": "Le four tourne trois jours et paie un mi-temps.",
        "weight": "Les prix : personne n’ose les monter.",
    },
    "La recyclerie du bâtiment": {
        "team": 1,
        "need": 2,
        "model": 1,
        "premises": 1,
        "money": 0,
        "partners": 2,
        "asks": [0, 3],
        "hope": "Un hangar, et dix chantiers.",
        "weight": "Le bail.",
    },
    "Les toits citoyens": {
        "team": 3,
        "need": 3,
        "model": 3,
        "premises": 4,
        "money": 3,
        "partners": 3,
        "asks": [2, 4],
        "hope": "Quarante sociétaires, trois toits.",
        "weight": "Le temps : nous sommes tous bénévoles.",
    },
}
"""Where projects of the cohort stood when it opened, by their title."""
