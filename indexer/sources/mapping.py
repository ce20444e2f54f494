"""Rows of a table made into structures and offers, as a source's mapping says. Nothing is evaluated."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from indexer.feeds.base import Row
from indexer.feeds.tables.cells import render_cell
from indexer.feeds.tables.header import column_key
from indexer.sources.forms import FORMS
from indexer.sources.mapping_model import RecordMapping, Rule
from indexer.sources.templates import render_template

DERIVED: Final = "Offre déduite de la liste d'un partenaire : demandez confirmation à la structure."
LIST_FIELDS: Final = frozenset(
    {
        "thematiques", "publics", "modes_accueil", "modes_mobilisation", "mobilisable_par", "zone_eligibilite",
        "reseaux_porteurs", "metiers", "langues", "justificatifs",
    }
)  # fmt: skip


@dataclass
class MappingCounts:
    """What became of the rows: `unused` made no record by any rule, `joined` came under an id already seen;
    `unknown` counts values without translation, by field.
    """

    rows: int = 0
    unused: int = 0
    joined: int = 0
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        values = [{"champ": f, "valeur": v, "nombre": n} for (f, v), n in self.unknown.most_common(50)]
        return {
            "lignes": self.rows,
            "lignes_sans_fiche": self.unused,
            "lignes_regroupees": self.joined,
            "valeurs_non_traduites": values,
        }


def build_shape(
    mappings: tuple[RecordMapping, ...], counts: MappingCounts | None = None
) -> Callable[[Iterator[Row]], Iterator[Row]]:
    """A function that changes the rows of one file. Rows with one id become one record, with all their sessions."""
    told = MappingCounts() if counts is None else counts

    def shape(rows: Iterator[Row]) -> Iterator[Row]:
        held: dict[tuple[str, str], Row] = {}
        for row in rows:
            told.rows += 1
            made = [row] if row.refusal else list(_make(row, mappings, told))
            told.unused += not made
            for record in made:
                yield from _hold(record, held, told)
        yield from held.values()

    return shape


def _make(row: Row, mappings: tuple[RecordMapping, ...], counts: MappingCounts) -> Iterator[Row]:
    values = _Values(row.fields)
    for mapping in mappings:
        if _applies(mapping, values):
            fields, remarks = _fields(mapping, values, counts)
            yield Row(row.number, fields, None, row.remarks + remarks, mapping.kind)
            row = Row(row.number)  # its remarks are told once


def _hold(row: Row, held: dict[tuple[str, str], Row], counts: MappingCounts) -> Iterator[Row]:
    """Refused rows go on at once; the others wait for the rows of the same id (tables are of bounded size)."""
    identity = row.fields.get("id")
    if row.refusal or row.kind is None or not identity:
        yield row
        return
    key = (row.kind, str(identity))
    first = held.get(key)
    if first is None:
        held[key] = row
        return
    counts.joined += 1
    sessions = first.fields.get("sessions", []) + row.fields.get("sessions", [])
    if sessions:
        first.fields["sessions"] = [s for i, s in enumerate(sessions) if s not in sessions[:i]]
    for name, value in row.fields.items():
        first.fields.setdefault(name, value)


class _Values:
    """The cells of a row by the key of their column; `a.b` looks inside objects."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields
        self._by_key = {column_key(name): value for name, value in fields.items()}

    def raw(self, column: str) -> Any:
        key = column_key(column)
        if key in self._by_key or "." not in column:
            return self._by_key.get(key)
        value: Any = self._fields
        for part in column.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def text(self, column: str) -> str:
        value = self.raw(column)
        if isinstance(value, list):
            return ";".join(render_cell(item) for item in value if not isinstance(item, (dict, list)))
        return "" if isinstance(value, Mapping) else render_cell(value)


def _applies(mapping: RecordMapping, values: _Values) -> bool:
    def among(conditions: Mapping[str, list[str]], column: str) -> bool:
        return column_key(values.text(column)) in {column_key(value) for value in conditions[column]}

    return all(among(mapping.si, c) for c in mapping.si) and not any(among(mapping.sauf, c) for c in mapping.sauf)


def _fields(mapping: RecordMapping, values: _Values, counts: MappingCounts) -> tuple[dict[str, Any], tuple[str, ...]]:
    fields = _nested(mapping.champs, values, counts)
    remarks: list[str] = []
    session = _nested(mapping.sessions, values, counts)
    if session.get("debut"):
        fields["sessions"] = [session]
    elif any(values.text(column) for column in (mapping.sessions["debut"].columns if mapping.sessions else ())):
        remarks.append("La date de la session ne se lit pas : écrivez-la JJ/MM/AAAA.")
    if validity := _nested(mapping.validite, values, counts):
        fields["validite"] = validity
    if mapping.deduite:
        fields["description"] = "\n\n".join(filter(None, [str(fields.get("description", "")), DERIVED]))
    return fields, tuple(remarks)


def _nested(rules: Mapping[str, Rule], values: _Values, counts: MappingCounts) -> dict[str, Any]:
    made = {name: _value(name, rule, values, counts) for name, rule in rules.items()}
    return {name: value for name, value in made.items() if value not in (None, "", [])}


def _value(name: str, rule: Rule, values: _Values, counts: MappingCounts) -> Any:
    if rule.valeur is not None:
        return rule.valeur
    text = _text(rule, values)
    if rule.forme is not None:
        text = FORMS[rule.forme](text)
    parts = _split(text, rule.separateurs)
    if rule.valeurs is not None:
        parts = _translated(name, parts, rule, counts)
    listed = name in LIST_FIELDS
    if not parts:
        return rule.defaut if not listed or isinstance(rule.defaut, list | None) else [rule.defaut]
    return list(dict.fromkeys(parts)) if listed else parts[0] if len(parts) == 1 else ", ".join(map(str, parts))


def _text(rule: Rule, values: _Values) -> str:
    if rule.modele is not None:
        return render_template(rule.modele, values.text)
    return rule.liant.join(filter(None, (values.text(column) for column in rule.columns)))


def _split(text: str, separators: str | None) -> list[Any]:
    if not separators:
        return [text] if text else []
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return [part for part in (part.strip() for part in text.split(separators[0])) if part]


def _translated(name: str, parts: list[Any], rule: Rule, counts: MappingCounts) -> list[Any]:
    known = {column_key(said): meant for said, meant in (rule.valeurs or {}).items()}
    translated: list[Any] = []
    for part in parts:
        meant = known.get(column_key(part))
        if meant is None:
            counts.unknown[name, part[:100]] += 1
            translated += [part] if rule.autres == "garder" else []
        else:
            translated += meant if isinstance(meant, list) else [meant]
    return translated
