"""Writes what a program, a reader and the command line are told of each setting, as the schema has it."""

from __future__ import annotations

from collections.abc import Iterator

from oralcam_protocol.schema.vocabulary import Setting
from tools.generate.schemas import Schema


def sdk_name(setting: Setting) -> str:
    """Return what a program calls it."""
    return setting.name or setting.field


def sdk_type(setting: Setting) -> str:
    """Return the type of its value in the SDK, as source."""
    if setting.switch:
        return "bool"
    return "int" if setting.per_unit == 1 else "float"


def sdk_value(setting: Setting, wire: int) -> str:
    """Return a number of the wire as the SDK's value, as source."""
    if setting.switch:
        return str(bool(wire))
    return str(wire) if setting.per_unit == 1 else str(wire / setting.per_unit)


def settings_used(schema: Schema) -> list[Setting]:
    """Return the settings of which each photo says what it was taken with: its fields of the same name."""
    photo = next(message.struct for message in schema.messages if message.name == "Photo")
    fields = {part.name for part in photo.subcons}
    return [setting for setting in schema.settings if setting.field in fields]


# -- sections of the SDK's source ------------------------------------------------------------------------


def values_section(schema: Schema) -> list[str]:
    """Return what stands at the top of oralcam/settings.py."""
    lines = ["RANGES: dict[str, tuple[float, float]] = {"]
    for setting in schema.settings:
        low, high = (sdk_value(setting, end) for end in (setting.lowest, setting.highest))
        lines.append(f'    "{sdk_name(setting)}": ({low}, {high}),')
    per_unit = ", ".join(str(setting.per_unit) for setting in schema.settings)
    lines += [
        "}",
        f"PER_UNIT = ({per_unit},)  # the wire's units in one of the SDK's, in the order of RANGES",
    ]
    lines += ["", "if TYPE_CHECKING:", "", "    class _SettingValues(NamedTuple):", "        revision: int"]
    lines += [f"        {sdk_name(setting)}: {sdk_type(setting)}" for setting in schema.settings]
    lines += ["", "else:  # typing and dataclasses take longer to load than a command has"]
    told = " ".join(["revision", *map(sdk_name, schema.settings)])
    lines += [f'    _SettingValues = namedtuple("_SettingValues", "{told}")']
    lines += ["", "", "class SettingValues(_SettingValues):"]
    lines += ['    """The settings in effect; `revision` counts changes and is in every photo.']
    lines += ["", *_described(schema, "    "), '    """', "", "    __slots__ = ()"]
    lines += ["", "", "def settings_from_wire(revision: int, wire: WireSettings) -> SettingValues:"]
    lines += ['    """Return what a camera said of its settings, in the SDK\'s units."""']
    lines += [f"    return SettingValues(revision, {', '.join(map(_from_wire, schema.settings))})"]
    return lines


def used_fields(schema: Schema) -> list[str]:
    """Return the fields of `Photo` that say what it was taken with."""
    return [f"{sdk_name(setting)}: {sdk_type(setting)}" for setting in settings_used(schema)]


def used_names(schema: Schema) -> list[str]:
    """Return the names of these fields, as items of a tuple."""
    return [f'"{sdk_name(setting)}",' for setting in settings_used(schema)]


def used_arguments(schema: Schema) -> list[str]:
    """Return the arguments of `Photo` that say so, made from the message."""
    return [f"{sdk_name(setting)}={_from_wire(setting)}," for setting in settings_used(schema)]


def apply_section(schema: Schema) -> list[str]:
    """Return `Settings.apply` of oralcam/settings.py."""
    arguments = ", ".join(sdk_name(setting) for setting in schema.settings)
    return [
        *_signature("def", schema),
        '        """Change what is given, all of it or nothing, and return what is in effect.',
        "",
        *_described(schema, "        "),
        "",
        "        Raises `InvalidSetting` for a value outside its range (see `RANGES`), and",
        "        `IncompatibleFirmware` if the camera's firmware does not know one of them.",
        '        """',
        f"        return self._apply({arguments})",
    ]


def async_apply_section(schema: Schema) -> list[str]:
    """Return `Settings.apply` of oralcam/aio/controls.py."""
    names = [sdk_name(setting) for setting in schema.settings]
    return [
        *_signature("async def", schema),
        '        """Change what is given, all of it or nothing; see `oralcam.settings.Settings.apply`."""',
        "        call = partial(",
        "            self._settings.apply,",
        *(f"            {name}={name}," for name in names),
        "        )",
        "        return await self._threads.run(call)",
    ]


def _signature(define: str, schema: Schema) -> Iterator[str]:
    yield f"    {define} apply("
    yield "        self,"
    yield "        *,"
    for setting in schema.settings:
        yield f"        {sdk_name(setting)}: {sdk_type(setting)} | None = None,"
    yield "    ) -> SettingValues:"


def _described(schema: Schema, indent: str) -> Iterator[str]:
    for setting in schema.settings:
        older = (
            f" 0 from a camera that speaks less than 1.{setting.since_minor}." if setting.since_minor else ""
        )
        line = f"{indent}- `{sdk_name(setting)}`: {setting.purpose}{_bounds(setting)}{older}"
        while len(line) > 108:
            cut = line.rindex(" ", 0, 108)
            yield line[:cut]
            line = f"{indent}  " + line[cut + 1 :]
        yield line


def _bounds(setting: Setting) -> str:
    return "" if setting.switch else f" {_range(setting)}."


def _range(setting: Setting) -> str:
    low, high = (sdk_value(setting, end) for end in (setting.lowest, setting.highest))
    return f"{low} or {high}" if setting.switch else f"{low}..{high}{setting.unit and f' {setting.unit}'}"


def _from_wire(setting: Setting) -> str:
    value = f"wire.{setting.field}"
    if setting.switch:
        return f"bool({value})"
    return value if setting.per_unit == 1 else f"{value} / {setting.per_unit}"


# -- tables ----------------------------------------------------------------------------------------------


def settings_table(schema: Schema) -> str:
    """Return the specification's table: a row a setting, wire and SDK beside each other."""
    rows = ["| bit | on the wire | range | at start | in the SDK |", "|---|---|---|---|---|"]
    for bit, each in enumerate(schema.settings):
        scale = f", times {each.per_unit}" if each.per_unit != 1 else ""
        rows.append(
            f"| {bit} | {each.field} | {each.lowest}..{each.highest} | {each.default} "
            f"| `{sdk_name(each)}`{scale} |"
        )
    return "\n".join(rows)


def sdk_table(schema: Schema) -> str:
    """Return the table for people who write programs."""
    rows = ["| setting | values | at start | what it is |", "|---|---|---|---|"]
    rows += [
        f"| `{sdk_name(each)}` | {_range(each)} | {sdk_value(each, each.default)} | {each.purpose} |"
        for each in schema.settings
    ]
    return "\n".join(rows)
