"""Names of languages in French, by ISO 639 code, and sign language."""

from typing import Final

LANGUAGE_NAMES: Final = {
    "am": "amharique", "ar": "arabe", "bg": "bulgare", "bm": "bambara", "bn": "bengali", "bs": "bosniaque",
    "ca": "catalan", "cs": "tchèque", "da": "danois", "de": "allemand", "el": "grec", "en": "anglais",
    "es": "espagnol", "et": "estonien", "eu": "basque", "fa": "persan", "ff": "peul", "fi": "finnois", "fr": "français",
    "fsl": "langue des signes française", "gcf": "créole antillais", "gcr": "créole guyanais", "he": "hébreu",
    "hi": "hindi", "hr": "croate", "ht": "créole haïtien", "hu": "hongrois", "hy": "arménien", "it": "italien",
    "ja": "japonais", "ka": "géorgien", "kab": "kabyle", "km": "khmer", "ko": "coréen", "ku": "kurde", "ln": "lingala",
    "lt": "lituanien", "lv": "letton", "mg": "malgache", "mk": "macédonien", "mn": "mongol", "ne": "népalais",
    "nl": "néerlandais", "oc": "occitan", "pa": "pendjabi", "pl": "polonais", "prs": "dari", "ps": "pachto",
    "pt": "portugais", "rcf": "créole réunionnais", "ro": "roumain", "rom": "romani", "ru": "russe", "sk": "slovaque",
    "snk": "soninké", "so": "somali", "sq": "albanais", "sr": "serbe", "swb": "shimaoré", "sw": "swahili",
    "ta": "tamoul", "th": "thaï", "ti": "tigrigna", "tr": "turc", "uk": "ukrainien", "ur": "ourdou", "vi": "vietnamien",
    "wo": "wolof", "zh": "chinois",
}  # fmt: skip
