"""Writes the tables of protocol/README.md between its markers, and the hash that both sides compare."""

from __future__ import annotations

import binascii
import re

from oralcam_protocol.schema.frame import Header
from tools.generate.layout import Layout, enumerations, header_fields, type_name


def schema_hash(layouts: list[Layout]) -> int:
    """CRC-32 of names, types and numbers: what must agree for two codecs to understand each other."""
    text = repr([(layout.name, [(f.name, type_name(f)) for f in layout.fields]) for layout in layouts])
    text += repr([(enum.__name__, [(m.name, m.value) for m in enum]) for enum in enumerations()])
    return binascii.crc32(text.encode())


def frame_table() -> str:
    """The header, a row a field."""
    rows = ["| field | bytes | meaning |", "|---|---|---|"]
    rows += [f"| {name} | {size} | {doc} |" for name, size, doc in header_fields(Header)]
    return "\n".join(rows)


def enum_tables() -> str:
    """Every enumeration, a table each."""
    parts = []
    for enum in enumerations():
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


def fill(text: str, layouts: list[Layout]) -> str:
    """`text` with what stands between each `<!-- NAME -->` and `<!-- end NAME -->` made anew."""
    tables = {"frame": frame_table(), "enums": enum_tables(), "messages": message_tables(layouts)}
    for name, table in tables.items():
        pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"protocol/README.md has lost its marker <!-- {name} -->")
        text = pattern.sub(lambda match, table=table: f"{match[1]}\n{table}\n\n{match[2]}", text)  # type: ignore[misc]
    return text
