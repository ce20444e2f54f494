"""Texts on which all encoders must agree: languages, lengths, capitals, accents in two characters."""

import unicodedata

PLAIN = (
    "Je n'arrive plus à payer mon loyer ni l'électricité.",
    "g pu de sous pour le gaz",
    "cours de franssais le soir",
    "je veux bosser avec les vieux",
    "RSA",
    "Garde d'enfants le samedi, à côté de la gare",
    "Atelier CV et lettre de motivation, chaque mardi à 9 h 30",
    "Financement du permis B : jusqu'à 1 200 € selon vos revenus",
    "Épicerie solidaire : colis alimentaires le jeudi, sur présentation d'un justificatif",
    "Immersion de cinq jours en boulangerie (PMSMP)",
    "Domiciliation postale pour les personnes sans domicile stable",
    "Réparer son vélo soi-même dans un garage solidaire",
    "Accompagnement des bénéficiaires de la protection internationale",
    "Ouvrir un compte en banque sans justificatif de domicile",
    "Consultation gratuite et sans rendez-vous avec une psychologue",
    "Où apprendre à nager ? J'ai 62 ans…",
    "Mon mari me frappe, où dormir ce soir ?",
    "Prêt d'une voiture à 5 €/jour pour aller travailler",
    "Aide aux démarches en ligne : impôts, CAF, ANTS, carte grise",
    "Parler à quelqu'un de mon addiction à l'alcool",
    "I need help to find a job near the station.",
    "How do I get my diploma from Kabul recognised?",
    "mi hijo necesita guardería",
    "Busco un curso de cocina para principiantes",
    "Мне нужна помощь с документами",
    "Де можна безкоштовно вивчати французьку мову?",
    "أبحث عن عمل في المطعم",
    "أريد تعلم اللغة الفرنسية مساءً",
    "Kiramı ödeyemiyorum, nereden yardım alabilirim?",
    "Ebegîrên ku karê dixwazin",
    "Preciso de ajuda para pagar a renda da casa",
    "Ich möchte eine Ausbildung als Pflegehelferin machen",
    "Ndaba soo dhawoow: waxaan raadinayaa guri",
    "我想学法语",
    "저는 일자리를 찾고 있습니다",
    "फ्रेंच सीखना चाहता हूँ",
    "Tôi cần một chỗ ở cho gia đình tôi",
    "Am nevoie de un loc de muncă în construcții",
    "Szukam pracy jako kierowca ciężarówki",
    "Ho perso il lavoro e ho bisogno di un alloggio",
    "Tél. 03 84 00 00 00 (du lundi au vendredi, 9h-12h / 14h-17h)",
    "1. Se présenter ; 2. Écouter ; 3. Répondre & conclure — « à l'oral »",
    "½ tarif ﬁnancé à 100 %, n° 12 bis",
    "Bienvenue 🙂 café ☕ et jeux 🎲",
)

LONG = tuple(" ".join(PLAIN[start::3]) * times for start, times in ((0, 1), (1, 4), (2, 7), (0, 14)))
"""About 160, 620, 1,100 and 2,200 tokens: one, two, three and five windows."""

SAMPLE = (
    *PLAIN,
    *(text.upper() for text in PLAIN[:10]),
    *(unicodedata.normalize("NFD", text) for text in PLAIN[:10]),
    *LONG,
)
