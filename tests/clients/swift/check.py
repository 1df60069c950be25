"""Reads generated Swift with a grammar of Swift and holds it against the document it was generated from.

Every object, choice and enumeration must have become one type with the members, types and values that the document
tells, and every operation one method with its parameters and its answer. No other model may have been made.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import tree_sitter
import tree_sitter_swift

Schema = dict[str, Any]
PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_swift.language()))
SCALARS = {
    ("string", "uuid"): "UUID",
    ("string", "date-time"): "Date",
    ("integer", "int64"): "Int64",
    ("string", None): "String",
    ("integer", None): "Int",
    ("number", None): "Double",
    ("boolean", None): "Bool",
}

# Schemas that only name a string or a number: Swift has no type of its own for them.
aliases: dict[str, str] = {}
wrong: list[str] = []


def equal(expected: object, met: object, what: str) -> None:
    if expected == met:
        return
    if isinstance(expected, dict) and isinstance(met, dict):  # then only what differs is of interest
        expected, met = dict(expected.items() - met.items()), dict(met.items() - expected.items())
    wrong.append(f"{what}: expected {expected}, met {met}")


# ---- what the document asks for


def named(schema: Schema) -> str:
    return str(schema["$ref"]).removeprefix("#/components/schemas/")


def nullable(schema: Schema) -> bool:
    return schema.get("type", [])[-1:] == ["null"] or any(one.get("type") == "null" for one in schema.get("oneOf", []))


def swift_type(schema: Schema) -> str:
    """The Swift type of a member or parameter, without the `?` of one that may be absent or null."""
    if "$ref" in schema:
        return aliases.get(named(schema), named(schema))
    if "oneOf" in schema:
        (one,) = [one for one in schema["oneOf"] if one.get("type") != "null"]
        return swift_type(one)
    kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
    if kind == "array":
        return f"[{swift_type(schema['items'])}]"
    if kind == "object":
        return f"[String: {swift_type(schema['additionalProperties'])}]"
    if "enum" in schema:
        return "ModelType"  # what a block's `type` is called, as Swift keeps `Type` for itself
    return SCALARS.get((kind, schema.get("format"))) or SCALARS[kind, None]


def optional(schema: Schema, required: bool) -> str:
    return swift_type(schema) + ("" if required and not nullable(schema) else "?")


def camel(name: str) -> str:
    first, *rest = re.split("[_-]", name)
    return first[:1].lower() + first[1:] + "".join(word.capitalize() for word in rest)


# ---- what was generated


def text(node: tree_sitter.Node | None) -> str:
    return (node.text or b"").decode() if node else ""


def field(node: tree_sitter.Node, name: str) -> str:
    return text(node.child_by_field_name(name))


def inside(node: tree_sitter.Node, kind: str) -> list[tree_sitter.Node]:
    """The nodes of a kind that stand directly in a node or in its body."""
    body = node.child_by_field_name("body") or node
    return [child for child in body.named_children if child.type == kind]


def parse(file: Path) -> tree_sitter.Node:
    root = PARSER.parse(file.read_bytes()).root_node
    if root.has_error:
        sys.exit(f"swift: {file.name} is not Swift at line {first_error(root).start_point.row + 1}")
    return root


def first_error(node: tree_sitter.Node) -> tree_sitter.Node:
    broken = [child for child in node.children if child.has_error]
    return first_error(broken[0]) if broken else node


def declarations(node: tree_sitter.Node, kind: str) -> dict[str, tree_sitter.Node]:
    found = [one for one in inside(node, "class_declaration") if field(one, "declaration_kind") == kind]
    return {field(one, "name"): one for one in found}


def cases(enumeration: tree_sitter.Node) -> dict[str, str]:
    """An enumeration's names with their values, which are the names where nothing is told."""
    entries = inside(enumeration, "enum_entry")
    return {field(one, "name"): field(one, "raw_value").strip('"') or field(one, "name") for one in entries}


def check_object(name: str, schema: Schema, declared: tree_sitter.Node) -> None:
    keys = cases(declarations(declared, "enum")["CodingKeys"])
    members = {}
    for member in inside(declared, "property_declaration"):
        if "static" in text(member).split("=")[0].split():
            continue
        identifier, _, kind = text(member).removeprefix("public var ").partition(": ")
        members[keys.get(identifier)] = kind
    required = schema.get("required", [])
    expected = {key: optional(one, key in required) for key, one in schema["properties"].items()}
    equal(expected, members, name)
    if "ModelType" in expected.values():
        kinds = cases(declarations(declared, "enum")["ModelType"])
        equal(schema["properties"]["type"]["enum"], list(kinds.values()), f"{name}.type")


def check_choice(name: str, schema: Schema, declared: tree_sitter.Node) -> None:
    """A `oneOf` with a discriminator must be decided by it; another is found by what its types require."""
    if "discriminator" not in schema:
        tried = re.findall(r"try\? container\.decode\((\w+)\.self\)", text(declared))
        equal([named(one) for one in schema["oneOf"]], tried, name)
        return
    decided = dict(re.findall(r'case "(\w+)":\s+self = \.type\w+\(try (\w+)\(from: decoder\)\)', text(declared)))
    mapping = schema["discriminator"]["mapping"]
    equal({value: named({"$ref": target}) for value, target in mapping.items()}, decided, name)


def check_models(document: Schema, folder: Path) -> int:
    schemas = {name: one for name, one in document["components"]["schemas"].items() if name not in aliases}
    files = {file.stem: parse(file) for file in folder.glob("*.swift")}
    equal(dict.fromkeys(schemas), dict.fromkeys(files), "models")
    for name in schemas.keys() & files.keys():
        schema, file = schemas[name], files[name]
        kind = "enum" if "enum" in schema or "oneOf" in schema else "struct"
        declared = declarations(file, kind).get(name)
        if declared is None:
            wrong.append(f"{name}: no {kind} of that name")
        elif "enum" in schema:
            equal(schema["enum"], list(cases(declared).values()), name)
        elif "oneOf" in schema:
            check_choice(name, schema, declared)
        else:
            check_object(name, schema, declared)
    return len(files)


def unreserved(name: str) -> str:
    """As the generator writes a name that Swift keeps for itself."""
    return f"_{name}" if name == "prefix" else name


def check_operations(document: Schema, folder: Path) -> int:
    methods = {}
    for file in folder.glob("*.swift"):
        for api in declarations(parse(file), "class").values():
            for one in inside(api, "function_declaration"):
                methods[field(one, "name")] = one
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    for operation in operations:
        name = camel(operation["operationId"])
        method = methods.get(name)
        if method is None:
            wrong.append(f"{name}: no method of that name")
            continue
        signature = [text(child).partition(": ") for child in method.named_children if child.type == "parameter"]
        parameters = {name: kind for name, _, kind in signature if name != "apiConfiguration"}
        asked = {unreserved(camel(one["name"])): optional(one["schema"], one["required"]) for one in operation.get("parameters", [])}
        body = operation.get("requestBody", {})
        for content in body.get("content", {}).values():
            sent = swift_type(content["schema"])
            asked["body" if sent == "String" else sent[0].lower() + sent[1:]] = sent + ("" if body["required"] else "?")
        equal(asked, parameters, f"the parameters of {name}")
        good = next(response for status, response in operation["responses"].items() if status.startswith("2"))
        answer = next((swift_type(content["schema"]) for content in good.get("content", {}).values()), "")
        equal(answer, field(method, "return_type"), f"the answer of {name}")
    return len(operations)


def main() -> None:
    document = json.loads(Path(sys.argv[1]).read_text())
    sources = Path(sys.argv[2])
    for name, schema in document["components"]["schemas"].items():
        if not schema.keys() & {"properties", "enum", "oneOf"}:
            aliases[name] = swift_type(schema)
    models = check_models(document, sources / "Models")
    operations = check_operations(document, sources / "APIs")
    for one in wrong:
        print(f"swift: {one}", file=sys.stderr)
    if wrong:
        sys.exit(1)
    print(f"models: {models} types, each with the members, types and values of its schema")
    print(f"operations: {operations} methods, each with the parameters and the answer of its operation")


main()
