"""Writes the tables of protocol/README.md between its markers, and the hash that both sides compare."""

from __future__ import annotations

import binascii
import re

from oralcam_protocol.schema.frame import Header
from tools.generate.layout import Layout, header_fields, type_name
from tools.generate.schemas import Schema
from tools.generate.settings import settings_table


def schema_hash(schema: Schema, layouts: list[Layout]) -> int:
    """CRC-32 of names, types and numbers: what must agree for two codecs to understand each other."""
    text = repr([(layout.name, [(f.name, type_name(f)) for f in layout.fields]) for layout in layouts])
    text += repr([(enum.__name__, [(m.name, m.value) for m in enum]) for enum in schema.enumerations])
    return binascii.crc32(text.encode())


def frame_table() -> str:
    """The header, a row a field."""
    rows = ["| field | bytes | meaning |", "|---|---|---|"]
    rows += [f"| {name} | {size} | {doc} |" for name, size, doc in header_fields(Header)]
    return "\n".join(rows)


def enum_tables(schema: Schema) -> str:
    """Every enumeration, a table each."""
    parts = []
    for enum in schema.enumerations:
        rows = [f"**{enum.__name__}**: {enum.__doc__}", "", "| number | name |", "|---|---|"]
        rows += [f"| {member.value} | {member.name} |" for member in enum]
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def message_tables(layouts: list[Layout]) -> str:
    """Every message, a table each."""
    parts = []
    for layout in layouts:
        rows = [f"**{layout.name}**: {layout.purpose}", "", "| field | type | meaning |", "|---|---|---|"]
        rows += [f"| {field.name} | {type_name(field)} | {field.doc} |" for field in layout.fields]
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def fill_protocol(text: str, schema: Schema, layouts: list[Layout]) -> str:
    """Return protocol/README.md with its tables as the schema has them."""
    tables = {
        "frame": frame_table(),
        "enums": enum_tables(schema),
        "messages": message_tables(layouts),
        "settings": settings_table(schema),
    }
    for name, table in tables.items():
        text = fill_table(text, name, table)
    return text


def fill_table(text: str, name: str, table: str) -> str:
    """Return `text` with `table` between `<!-- NAME -->` and `<!-- end NAME -->`. Raises ValueError."""
    pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"a generated page has lost its marker <!-- {name} -->")
    return pattern.sub(lambda match: f"{match[1]}\n{table}\n\n{match[2]}", text)
