"""Follows every link of the document once, as it stands, and fails when one does not lead to a good answer.

schemathesis follows them too, but from requests at random, of which few find the rows that the deeper links need.
Takes the document, the server's address, and a file in which to note which operations were answered well. Writes what the
examples write, under other names each time.
"""

import itertools
import json
import os
import sys
import uuid
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import bodies

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
server = sys.argv[2]
operations = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in document["paths"].items()
    for method, operation in item.items()
}
numbers = itertools.count(1)
answered = set()


def links(operation):
    """The links of an operation's good answers, by name."""
    responses = operation["responses"]
    return {name: link for status in ("200", "201") for name, link in responses.get(status, {}).get("links", {}).items()}



def answer(name, values, body=None):
    """An operation's answer, body and headers. What has no value and has to be there is as in the document's examples."""
    method, path, operation = operations[name]
    query, headers = {}, {"Authorization": f"Bearer {os.environ['ISNAD_ADMIN_KEY']}"}
    for parameter in operation.get("parameters", []):
        key, place = parameter["name"], parameter["in"]
        if place == "path":
            value = values[key] if key in values else parameter["example"]
            path = path.replace("{" + key + "}", quote(str(value), safe=""))
        elif key in values:
            (query if place == "query" else headers)[key] = values[key]
        elif place == "query" and parameter["required"]:
            query[key] = parameter["example"]
    body = body or bodies.fresh(operation, bodies.example(operation), f"link-{next(numbers)}")
    if body is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(body).encode()
    request = Request(f"{server}{path}?{urlencode(query)}", body, headers, method=method)
    # An answer other than 2xx is raised.
    with urlopen(request, timeout=30) as response:
        answered.add(f"{method} {operations[name][1]}")
        text = response.read()
        return json.loads(text) if text else None, response.headers


def resolve(expression, body, headers):
    """The value that `$response.body#/a/0/b` or `$response.header.Name` points at."""
    if expression.startswith("$response.header."):
        return headers[expression.removeprefix("$response.header.")]
    prefix = "$response.body#/"
    assert expression.startswith(prefix), f"not understood: {expression}"
    for step in expression.removeprefix(prefix).split("/"):
        body = body[int(step)] if isinstance(body, list) else body[step]
    return body


def follow(link, source):
    values = {key: resolve(expression, *source) for key, expression in link["parameters"].items()}
    return answer(link["operationId"], values)


def source(name):
    """A good answer of an operation. What changes something changes what was made for it."""
    method, _, operation = operations[name]
    if method == "PUT":
        return answer(name, {parameter["name"]: str(uuid.uuid4()) for parameter in operation["parameters"] if parameter["in"] == "path"})
    if method != "GET":
        # What is reviewed was sent back before.
        for first in ("create_", "patch_"):
            for origin, (*_, made) in operations.items():
                if origin.startswith(first) and name in links(made):
                    return follow(links(made)[name], source(origin))
    return answer(name, {})


# The examples merge into what those of these make.
for name in ("create_speaker", "create_outlet", "create_tag"):
    *_, operation = operations[name]
    answer(name, {}, bodies.example(operation))

followed, broken = 0, []
for name, (*_, operation) in operations.items():
    for link in links(operation).values():
        try:
            follow(link, source(name))
            followed += 1
        except Exception as error:  # whatever it was, the other links are followed, too
            told = error.read().decode() if hasattr(error, "read") else ""
            broken.append(f"{name} -> {link['operationId']}: {error!r} {told}")

with open(sys.argv[3], "w", encoding="utf-8") as file:
    json.dump(sorted(answered), file)
for line in broken:
    print("BROKEN LINK:", line)
print(f"{followed} links of the document lead to a good answer")
sys.exit(1 if broken or not followed else 0)
