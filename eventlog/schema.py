"""Protobuf messages from a table of their fields, in a descriptor pool of our own.

Generated code would tie its users to one version of protobuf, and would clash with the names that TensorFlow, onnx and
tensorboardX register in the shared pool.

A schema holds a message a paragraph and a field a line: number, type, name, and the oneof it belongs to. ``*`` after a
type marks a repeated field, ``map<key,value>`` a map; a type with a capital letter is a message of the same package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

__all__ = ["define"]

_Field = descriptor_pb2.FieldDescriptorProto
_pool = descriptor_pool.DescriptorPool()


def define(
    package: str, file: str, schema: str, *, imports: Sequence[str] = (), syntax: str = "proto3"
) -> Callable[[str], Any]:
    """Add the messages of a schema to the pool and return a function: the class of a message, by its full name.

    Parameters
    ----------
    package
        Proto package of the messages.
    file
        Name that the schema has in the pool, for the `imports` of others.
    schema
        The table; see above.
    imports
        Files whose messages this schema uses; they must have been defined before.
    syntax
        ``proto2`` keeps track of which fields were set even for numbers and strings.
    """
    declared = descriptor_pb2.FileDescriptorProto(name=file, package=package, syntax=syntax, dependency=imports)
    known: dict[str, descriptor_pb2.DescriptorProto] = {}
    for paragraph in schema.strip().split("\n\n"):
        full_name, *fields = paragraph.splitlines()
        parent, _, name = full_name.rpartition(".")
        message = known[parent].nested_type.add() if parent else declared.message_type.add()
        message.name = name
        known[full_name] = message
        for line in fields:
            _add_field(message, f"{package}.{full_name}", package, *line.split())
    _pool.AddSerializedFile(declared.SerializeToString())
    return lambda name: _message_class(f"{package}.{name}")


def _add_field(
    message: descriptor_pb2.DescriptorProto,
    full_name: str,
    package: str,
    number: str,
    kind: str,
    name: str,
    oneof: str = "",
) -> None:
    field = message.field.add(name=name, number=int(number))
    if kind.startswith("map<"):
        kind = _add_entry(message, full_name, package, kind, name)
    field.label = _Field.LABEL_REPEATED if kind.endswith("*") else _Field.LABEL_OPTIONAL
    _set_type(field, package, kind.rstrip("*"))
    if oneof:
        if oneof not in [declared.name for declared in message.oneof_decl]:
            message.oneof_decl.add(name=oneof)
        field.oneof_index = [declared.name for declared in message.oneof_decl].index(oneof)


def _add_entry(message: descriptor_pb2.DescriptorProto, full_name: str, package: str, kind: str, name: str) -> str:
    """Declare the message that an entry of a map is on the wire; return its type."""
    entry = message.nested_type.add(name=f"{name.title().replace('_', '')}Entry")
    entry.options.map_entry = True
    for number, (part, of_part) in enumerate(zip(("key", "value"), kind[4:-1].split(","), strict=True), 1):
        field = entry.field.add(name=part, number=number, label=_Field.LABEL_OPTIONAL)
        _set_type(field, package, of_part)
    return f".{full_name}.{entry.name}*"


def _set_type(field: descriptor_pb2.FieldDescriptorProto, package: str, kind: str) -> None:
    if kind[0].isupper() or kind[0] == ".":
        field.type = _Field.TYPE_MESSAGE
        field.type_name = kind if kind[0] == "." else f".{package}.{kind}"
    else:
        field.type = _Field.Type.Value(f"TYPE_{kind.upper()}")


def _message_class(name: str) -> Any:
    descriptor = _pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    factory: Any = message_factory.MessageFactory
    return factory(_pool).GetPrototype(descriptor)  # protobuf before 4.22
