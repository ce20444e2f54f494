"""A partner's spreadsheet as they come, invented: titles, merged cells, two header lines, formulas."""

from datetime import date, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

MAIL, STREET = "contact@tilleuls.example", "2 rue des Tilleuls"
HEADERS = (
    ("Organisme", "Atelier", "Quand", None, "Contact", None, "Lieu", None, "Pour qui ?", "Tarif", "Nb places", "Thème"),
    (None, None, "Date", "Horaires", "Téléphone", "Mail", "Adresse", "CP", None, None, None, None),
)
ROWS: tuple[tuple[Any, ...], ...] = (
    ("Régie des Tilleuls", "Refaire son CV", date(2031, 3, 4), "9h30 - 11h30", "03 84 00 11 22",
     MAIL, STREET, 90000, "Jeunes ; Adultes", "Gratuit", 8, "Rédiger un CV"),
    (None, "Refaire son CV", 47928, "14h-16h", "03 84 00 11 22", MAIL, STREET, 90000,
     "Jeunes ; Adultes", "Gratuit", 8, "Rédiger un CV"),
    (None, "Premiers pas sur l'ordinateur", date(2031, 3, 12), time(14, 0), "03 84 00 11 22", None, STREET,
     90000, "Tous publics", "=2+3", "=10+2", "Numérique"),
    ("ATELIERS DU MOIS D'AVRIL",),
    ("Café Partagé", "=1+1", "le 2 avril 2031", "18h", None, "bonjour@cafe.example", "Place du Marché", "90300",
     "Tous publics", "5 €", "#REF!", "Zzz inconnu"),
    ("Café Partagé", "Conversation en français", "mercredi 2 avril 2031", "18h", None, "bonjour@cafe.example",
     "Place du Marché", "90300", "Tous publics", "5 €", None, "Français"),
)  # fmt: skip


def write_messy_workbook(path: Path, rows: tuple[tuple[Any, ...], ...] = ROWS, shuffled: bool = False) -> Path:
    """Writes the workbook: a first title, the two header lines at line 3, structures merged downwards.

    `shuffled` puts the columns in another order, as a partner does from one day to the next.
    """
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Ateliers 2031"
    order = list(range(len(HEADERS[0])))
    if shuffled:
        order = [1, 0, *order[2:4], *order[6:8], *order[4:6], *order[8:]]
    sheet.append(["PROGRAMME DES ATELIERS (provisoire)"])
    sheet.append([])
    for line in (*HEADERS, *rows):
        padded = [*line, *[None] * (len(order) - len(line))]
        sheet.append([padded[column] for column in order] if len(line) > 1 else padded)
    sheet.merge_cells("A1:L1")
    if not shuffled:
        sheet.merge_cells("C3:D3")
    sheet.merge_cells("B5:B7" if shuffled else "A5:A7")
    workbook.create_sheet("Notes").append(["à ne pas lire"])
    workbook.save(path)
    return path
