"""Invented words of the example evening: challenges, sheets, ideas, promises. None of it is real."""

from dataclasses import dataclass

from essor.challenges.models import Challenge

IMAGINE, BOOST = Challenge.Track.IMAGINE, Challenge.Track.BOOST


@dataclass(frozen=True, slots=True)
class Worded:
    """A challenge of the example evening; ``near`` names challenges that may share its table."""

    short: str
    question: str
    theme: str
    near: tuple[str, ...] = ()
    track: str = IMAGINE
    context: str = ""


CHALLENGES = (
    Worded("Cantines", "Comment produire et manger local à la cantine comme à la maison ?",
           "alimentation", ("Halle paysanne", "Jardins partagés"),
           context="Vingt communes cuisinent chaque midi ; peu d’entre elles connaissent les maraîchers voisins."),
    Worded("Énergie des toits", "Comment partager l’énergie que nos toits peuvent produire ?",
           "energie", ("Rénover ensemble",)),
    Worded("Cuir et chaussure", "Comment faire revivre les savoir-faire du cuir et de la chaussure ?",
           "industrie", ("Textile",), BOOST, "Un atelier cherche des coupeurs, un local plus grand et ses premiers clients."),
    Worded("Bien vieillir", "Comment bien vieillir chez soi, entouré, jusqu’au bout du chemin ?",
           "bien-vieillir", ("Habitat partagé",)),
    Worded("Consigne du verre", "Comment faire revenir la consigne du verre dans tous nos commerces ?",
           "economie-circulaire", ("Zéro déchet",), BOOST, "Un projet lave déjà des bouteilles ; il lui manque des points de collecte."),
    Worded("Mobilité", "Comment aller travailler sans sa voiture dans les villages ?",
           "mobilite", ("Vélo cargo",)),
    Worded("Habitat partagé", "Comment habiter ensemble, jeunes et anciens, sous un même toit ?",
           "habitat", ("Bien vieillir",)),
    Worded("Tiers-lieu", "Comment ouvrir un lieu où chacun vient apprendre, réparer et entreprendre ?",
           "tiers-lieu", ("Repair café", "Centre-bourg")),
    Worded("Textile", "Comment retisser ici des vêtements qui durent ?", "industrie", ("Cuir et chaussure",)),
    Worded("Eau", "Comment garder l’eau dans nos sols et dans nos usages ?",
           "environnement", ("Jardins partagés",)),
    Worded("Jardins partagés", "Comment nourrir un quartier avec ses propres jardins ?",
           "alimentation", ("Cantines", "Eau")),
    Worded("Halle paysanne", "Comment transformer et vendre ensemble ce que nos fermes produisent ?",
           "alimentation", ("Cantines",)),
    Worded("Zéro déchet", "Comment faire des restes de l’un la matière première de l’autre ?",
           "economie-circulaire", ("Consigne du verre", "Repair café")),
    Worded("Rénover ensemble", "Comment rénover mille maisons avec des artisans d’ici ?",
           "habitat", ("Énergie des toits",)),
    Worded("Premiers emplois", "Comment offrir à chaque jeune une première expérience près de chez lui ?",
           "emploi", ("École ouverte",)),
    Worded("École ouverte", "Comment faire entrer les métiers du territoire à l’école ?",
           "education", ("Premiers emplois",)),
    Worded("Centre-bourg", "Comment rouvrir des vitrines dans nos centres-bourgs ?",
           "centre-ville", ("Tiers-lieu", "Conciergerie")),
    Worded("Conciergerie", "Comment rendre à dix villages les services qui les ont quittés ?",
           "services", ("Centre-bourg",)),
    Worded("Vélo cargo", "Comment livrer le dernier kilomètre à la force du mollet ?", "mobilite", ("Mobilité",)),
    Worded("Repair café", "Comment réparer plutôt que jeter, et en vivre ?",
           "economie-circulaire", ("Tiers-lieu", "Zéro déchet")),
    Worded("Aidants", "Comment offrir du répit à celles et ceux qui aident un proche ?", "sante", ("Bien vieillir",)),
    Worded("Tourisme lent", "Comment accueillir ceux qui voyagent doucement, toute l’année ?", "tourisme"),
    Worded("Numérique pour tous", "Comment ne laisser personne au bord du chemin numérique ?",
           "numerique", ("Conciergerie",), BOOST, "Une camionnette tourne deux jours par semaine ; elle voudrait en tourner cinq."),
)  # fmt: skip

SHEETS = (
    ("Consigne du verre", "La consigne du verre, près de chez nous",
     "Plus une bouteille jetée entre Valence et Romans.",
     "Une laveuse partagée par les caves et les brasseurs, et une tournée de collecte avec l’insertion.",
     "Producteurs, cavistes, habitants", "Une brasserie et un chantier d’insertion, à confirmer",
     "Caves coopératives, magasins de producteurs, l’agglomération",
     "Deux personnes pour la tournée, un mécanicien", "Un local de 200 m² avec eau et quai",
     "15 000 € pour une laveuse d’occasion",
     "Visiter une laverie ; compter les bouteilles de dix producteurs ; trouver le local"),
    ("Cantines", "La légumerie partagée",
     "Que chaque enfant connaisse le nom de celle qui a fait pousser sa soupe.",
     "Une légumerie partagée entre vingt cantines, dans une cuisine centrale à moitié vide.",
     "Enfants, agents des cantines, maraîchers", "Porteur recherché",
     "Communes, chambre d’agriculture, lycée agricole", "Un coordinateur à mi-temps",
     "La cuisine centrale, une camionnette froide", "40 000 € d’équipement",
     "Réunir cinq cantines ; peser les besoins d’une semaine ; écrire aux maires"),
    ("Énergie des toits", "Le gymnase, première centrale citoyenne",
     "Un toit, un quartier, une facture partagée.",
     "Le toit du gymnase, première centrale citoyenne, vendue en circuit court aux voisins.",
     "Riverains, clubs, commune", "Trois habitants et une électricienne",
     "Commune, syndicat d’énergie, banque locale", "Une juriste, un bureau d’études",
     "Le toit du gymnase", "Des parts de 50 €, 300 personnes",
     "Étudier le toit ; tenir une réunion de quartier ; choisir la forme juridique"),
    ("Cuir et chaussure", "L’école du cuir",
     "Des mains d’ici pour des pieds d’ailleurs.",
     "Des tanneurs et coupeurs retraités forment six jeunes dans un atelier ouvert.",
     "Jeunes sans emploi, artisans", "Un maître artisan retraité",
     "Lycée professionnel, fabricants, mission locale", "Quatre formateurs bénévoles",
     "Des machines qui dorment", "Le salaire de six apprentis",
     "Retrouver les machines ; écrire le programme ; présenter l’atelier au lycée"),
    ("Jardins partagés", "Le verger de la voie verte",
     "Cueillir en rentrant de l’école.",
     "Un verger public le long de la voie verte, taillé par les écoles et les voisins.",
     "Familles, écoles", "Une association de quartier", "Commune, pépiniériste, écoles",
     "Un jardinier référent", "Deux kilomètres de bord de voie", "6 000 € de plants",
     "Demander l’accord de la commune ; choisir les variétés ; planter à l’automne"),
    ("Conciergerie", "La conciergerie qui passe",
     "Le service public au café du village.",
     "Une tournée de conciergerie : colis, papiers, courses, coiffure, un jour par village.",
     "Anciens, personnes sans voiture", "Porteur recherché",
     "Dix communes, La Poste, commerçants", "Un chauffeur-concierge",
     "Un fourgon aménagé", "28 000 € la première année",
     "Interroger deux villages ; prêter un fourgon un mois ; compter les passages"),
)  # fmt: skip
IDEAS = (
    "Une laveuse partagée par les caves et les brasseurs",
    "Un verger public le long de la voie verte",
    "Des tanneurs retraités pour former les jeunes",
    "Le toit du gymnase, première centrale citoyenne",
    "Un bus de nuit payé par trois entreprises",
    "Prêter sa chambre d’ami à un apprenti",
    "Une carte des locaux vides, tenue par les facteurs",
    "Échanger une heure de compta contre une heure de jardin",
    "Le marc de café des bistrots pour faire pousser des champignons",
    "Une école du geste dans une usine qui s’arrête à midi",
    "Une ligne de vélo-école pour les plus de soixante ans",
    "Des toits de hangars loués aux voisins pour leurs panneaux",
)
COMMITMENTS = (
    ("skill", "Comptabilité d’association", "2 h par mois", 180, ""),
    (
        "resource",
        "Un local de 60 m² le lundi",
        "tous les lundis",
        365,
        "si l’assurance suit",
    ),
    ("energy", "Venir aux réunions et tenir la buvette", "une soirée par mois", 180, ""),
    ("skill", "Dessiner les plans", "10 heures", 90, "si le local est trouvé"),
    ("resource", "Une camionnette le week-end", "4 week-ends", 240, ""),
    ("energy", "Faire du porte-à-porte dans mon village", "3 samedis", 120, ""),
    ("skill", "Relire les dossiers de financement", "5 dossiers", 30, ""),
    ("resource", "Trente cageots de pommes pour l’essai", "30", 300, ""),
)

# What the invented projects need: kind, title, how many (None: everything), of what, condition,
# and the parts that people of the evening promised.
NEEDS = (
    ("equipment", "Chaises pliantes", 20, "chaises", "", (8, 4)),
    ("skill", "Quelqu’un qui tienne nos comptes", 1, "", "", ()),
    ("premises", "Un local sec de 60 m²", 1, "", "à moins de dix minutes à pied de la gare", (1,)),
    ("customers", "Des familles qui essaient", None, "familles", "", (3, 2)),
    (
        "money",
        "De quoi acheter la première machine",
        3_000,
        "euros",
        "si l’étude le confirme",
        (400,),
    ),
    ("material", "Bocaux en verre avec couvercle", 300, "bocaux", "", (120, 90, 90)),
)
