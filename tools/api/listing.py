"""Every public name with its signature, one a line, so that a change of one is a difference of one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from griffe import Alias

from tools.api.modules import INTERNAL, exports, is_public, modules

if TYPE_CHECKING:
    from griffe import Attribute, Class, Function, Module, Object

HEADER = """\
# The public API of oralcam: public modules, their names, and the members of classes, with signatures.
# Everything else is internal and may change. Made by `python -m tools.api --write`; a test compares.
"""
LONGEST_VALUE = 60  # characters; longer ones are tables, whose content is tested elsewhere
SILENT = frozenset(
    f"__{name}__"
    for name in ("hash", "init_subclass", "module", "post_init", "reduce", "repr", "setattr", "slots", "str")
)  # of no use to a caller


def listing(package: Module) -> str:
    """Return the whole file."""
    public = [module for module in modules(package) if is_public(module)]
    homes = _homes(public)
    return HEADER + "".join(line + "\n" for module in public for line in _module(module, homes))


def public_objects(package: Module) -> Iterator[Object]:
    """Yield every public module, name and member of a class, each once."""
    public = [module for module in modules(package) if is_public(module)]
    homes = _homes(public)
    for module in public:
        yield module
        for name in exports(module):
            target = _target(module.members[name])
            if homes[target.path] == f"{module.path}.{name}" and not target.is_module:
                yield target
                if target.is_class:
                    yield from (member for _, member in _members(cast("Class", target), homes))


def _homes(public: list[Module]) -> dict[str, str]:
    """Where each object is described, by the path of its definition: the public module nearest to that."""
    homes: dict[str, str] = {}
    for module in public:  # packages come before their modules
        for name in exports(module):
            path = _target(module.members[name]).path
            if path not in homes or path.startswith(f"{module.path}."):
                homes[path] = f"{module.path}.{name}"
    return homes


def _module(module: Module, homes: dict[str, str]) -> Iterator[str]:
    yield f"\n{module.path}"
    for name in exports(module):
        target = _target(module.members[name])
        home = homes[target.path]
        if home != f"{module.path}.{name}":
            yield f"  {name} = {home}"
        else:
            yield from _described(name, target, "  ", homes)


def _target(member: Object | Alias) -> Object:
    return member.final_target if isinstance(member, Alias) else member


def _described(name: str, member: Object, indent: str, homes: dict[str, str]) -> Iterator[str]:
    if member.is_class:
        yield from _class(name, cast("Class", member), indent, homes)
    elif member.is_function:
        yield indent + _function(name, cast("Function", member))
    elif member.is_attribute:
        yield indent + _attribute(name, cast("Attribute", member))
    else:
        yield f"{indent}module {name}"


def _class(name: str, described: Class, indent: str, homes: dict[str, str]) -> Iterator[str]:
    decorators = "".join(f"@{decorator.value} " for decorator in described.decorators)
    bases = f"({', '.join(str(base) for base in described.bases)})" if described.bases else ""
    yield f"{indent}{decorators}class {name}{bases}"
    members = list(_members(described, homes))
    values = [(each, member) for each, member in members if _is_value(member)]
    calls = [(each, member) for each, member in members if not _is_value(member)]
    for each, member in values + sorted(calls, key=lambda call: call[0]):  # fields keep their order
        yield from _described(each, member, indent + "  ", homes)


def _members(described: Class, homes: dict[str, str]) -> Iterator[tuple[str, Object]]:
    """Yield what is public of a class; what it inherits from a public one is that one's."""
    for name, each in described.all_members.items():
        member = _target(each)
        owner = member.parent.path if member.parent is not None else ""
        if not _is_private(name, member) and (owner == described.path or owner not in homes):
            yield name, member


def _is_value(member: Object) -> bool:
    return member.is_attribute and "property" not in member.labels


def _is_private(name: str, member: Object) -> bool:
    if name == "__init__":  # a dataclass's is made of its fields
        is_written = member.parent is not None and "dataclass" not in member.parent.labels
        says = member.docstring.value if member.docstring is not None else ""
        return not is_written or says.startswith(INTERNAL)
    if name.startswith("__") and name.endswith("__"):
        return name in SILENT
    return name.startswith("_")


def _function(name: str, function: Function) -> str:
    coroutine = "async " if "async" in function.labels else ""
    kind = "".join(f"@{label} " for label in ("classmethod", "staticmethod") if label in function.labels)
    return f"{kind}{coroutine}{function.signature(name=name)}"


def _attribute(name: str, attribute: Attribute) -> str:
    kind = "property " if "property" in attribute.labels else ""
    annotation = f": {attribute.annotation}" if attribute.annotation is not None else ""
    fixed = "instance-attribute" not in attribute.labels or "class-attribute" in attribute.labels
    fixed = fixed and not name.startswith("__")  # the version is no part of the API
    value = str(attribute.value) if fixed and attribute.value is not None else ""
    return f"{kind}{name}{annotation}" + (f" = {value}" if 0 < len(value) <= LONGEST_VALUE else "")
