"""Invented people of the example evening: names, organisations, where they live. None is real."""

FIRST_NAMES = [
    "Aïcha", "Alain", "Alice", "Amandine", "Amina", "André", "Anissa", "Antoine", "Aurélie",
    "Bastien", "Benoît", "Bernadette", "Brahim", "Camille", "Carole", "Catherine", "Cédric",
    "Chantal", "Charlotte", "Christelle", "Claire", "Clément", "Colette", "Corinne", "Damien",
    "Daniel", "Delphine", "Denis", "Didier", "Djamila", "Dominique", "Élise", "Élodie", "Émilie",
    "Emma", "Éric", "Estelle", "Étienne", "Fabien", "Fanny", "Farida", "Fatou", "Florence",
    "Florian", "Franck", "Françoise", "Gaëlle", "Georges", "Gérard", "Guillaume", "Hakim", "Hélène",
    "Henri", "Hugo", "Idris", "Inès", "Isabelle", "Jacques", "Jean-Luc", "Jeanne", "Jérôme", "Joël",
    "Julien", "Karim", "Khadija", "Laure", "Laurent", "Léa", "Leïla", "Lionel", "Louise", "Lucas",
    "Lucie", "Mamadou", "Manon", "Marc", "Marguerite", "Marie-Noëlle", "Marion", "Martine",
    "Mathieu", "Maxime", "Mehdi", "Michel", "Mireille", "Mohamed", "Monique", "Morgane", "Nadia",
    "Nathalie", "Nicolas", "Nora", "Océane", "Odile", "Olivier", "Pascal", "Patricia", "Paul",
    "Philippe", "Pierre", "Quentin", "Rachid", "Raphaël", "Régine", "Rémi", "René", "Robert",
    "Romane", "Sabrina", "Salomé", "Samir", "Samira", "Sandrine", "Sébastien", "Séverine", "Simon",
    "Solène", "Sophie", "Stéphane", "Sylvain", "Sylvie", "Théo", "Thomas", "Valérie", "Véronique",
    "Victor", "Vincent", "Virginie", "Walid", "Xavier", "Yann", "Yasmine", "Yves", "Zoé",
]  # fmt: skip

LAST_NAMES = [
    "Abrial", "Achard", "Amblard", "Arnaud", "Barbier", "Bayle", "Belkacem", "Bellier", "Benali",
    "Bernard", "Berthet", "Blanc", "Bonnet", "Bouvier", "Brun", "Cartier", "Chabert", "Champion",
    "Charpin", "Chevalier", "Clerc", "Colomb", "Combe", "Cros", "Da-Silva", "Delorme", "Diallo",
    "Didier", "Duclos", "Durand", "Escoffier", "Fabre", "Faure", "Ferrand", "Fontaine", "Garcia",
    "Gauthier", "Gilles", "Girard", "Giraud", "Gonon", "Guichard", "Haddad", "Jourdan", "Lacroix",
    "Lambert", "Lopez", "Magnat", "Mallet", "Marchand", "Martel", "Martinez", "Mazet", "Mercier",
    "Meunier", "Michalon", "Monnier", "Morin", "Moulin", "Nguyen", "Olivier", "Pascal", "Perrin",
    "Peyrard", "Pinel", "Ponson", "Reboul", "Rey", "Reynaud", "Riou", "Robin", "Rochas", "Rostaing",
    "Roux", "Sabatier", "Sanchez", "Savoye", "Serret", "Tessier", "Thévenet", "Traoré", "Vallon",
    "Vernet", "Vial", "Vidal", "Vincent", "Weber", "Zerrouki",
]  # fmt: skip

ORGANISATIONS = {
    "social_economy": ("La Ressourcerie des Berges", "Coop’ les Mains d’ici", "Régie du Canal", "L’Épicerie des Voisins", "Mutuelle du Vercors-Sud"),
    "enterprise": ("Ateliers Bérard", "Menuiserie du Parc", "Boulangerie Clair-Matin", "Fonderie des Collines", "Maraîchers de la Plaine", "Agence Pixel-Drôme"),
    "association": ("Les Roues Libres", "Maison des Parents", "Jardins du Charran", "Ciné-Village", "Entraide Rurale"),
    "public_body": ("Mairie des Sources", "Communauté des Trois-Rives", "Office du Tourisme-Doux"),
    "employment": ("Point Emploi des Îles", "Mission Premiers Pas"),
    "education": ("Lycée des Métiers-Neufs", "Collège du Belvédère", "Laboratoire Territoires-Vivants"),
    "finance": ("Caisse Solidaire des Vallées", "Cigales du Rhône-Moyen"),
}  # fmt: skip

SPHERE_WEIGHTS = {
    "citizen": 97, "social_economy": 59, "enterprise": 53, "association": 47,
    "public_body": 25, "education": 19, "employment": 9, "finance": 3,
}  # fmt: skip

COMMUNES = (
    ("Valence", "26362", 64), ("Romans-sur-Isère", "26281", 33), ("Bourg-lès-Valence", "26058", 20),
    ("Portes-lès-Valence", "26252", 10), ("Bourg-de-Péage", "26057", 10), ("Chabeuil", "26064", 7),
    ("Chatuzange-le-Goubet", "26088", 7), ("Saint-Marcel-lès-Valence", "26313", 6),
    ("Étoile-sur-Rhône", "26124", 5), ("Montélier", "26197", 4), ("Châteauneuf-sur-Isère", "26084", 4),
    ("Mours-Saint-Eusèbe", "26218", 3), ("Malissard", "26170", 3), ("Alixan", "26004", 3),
    ("Peyrins", "26231", 3), ("Clérieux", "26096", 2), ("Hostun", "26149", 1), ("Charpey", "26079", 2),
)  # fmt: skip
