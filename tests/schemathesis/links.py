"""Follows every link of the document once, as it stands, and fails when one does not lead to a 200.

schemathesis follows them too, but from requests at random, of which few find the rows that the deeper links need.
Takes the document and the server's address.
"""

import json
import sys
from urllib.parse import quote, urlencode
from urllib.request import urlopen

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
server = sys.argv[2]
operations = {
    operation["operationId"]: (path, operation)
    for path, item in document["paths"].items()
    for operation in item.values()
}


def answer(path, operation, values):
    """What a GET of this path answers; its parameters take these values, else in the path the document's examples."""
    query = {}
    for parameter in operation.get("parameters", []):
        name = parameter["name"]
        if parameter["in"] == "path":
            value = values[name] if name in values else parameter["example"]
            path = path.replace("{" + name + "}", quote(value, safe=""))
        elif name in values:
            query[name] = values[name]
    # An answer other than 2xx is raised.
    with urlopen(f"{server}{path}?{urlencode(query)}", timeout=10) as response:
        return json.load(response)


def resolve(expression, body):
    """The value that `$response.body#/a/0/b` points at."""
    prefix = "$response.body#/"
    assert expression.startswith(prefix), f"not understood: {expression}"
    for step in expression.removeprefix(prefix).split("/"):
        body = body[int(step)] if isinstance(body, list) else body[step]
    return body


followed, broken = 0, []
for path, operation in operations.values():
    for name, link in operation["responses"]["200"].get("links", {}).items():
        try:
            source = answer(path, operation, {})
            values = {key: resolve(expression, source) for key, expression in link["parameters"].items()}
            answer(*operations[link["operationId"]], values)
            followed += 1
        except Exception as error:  # whatever it was, the other links are followed, too
            broken.append(f"GET {path} -> {name}: {error!r}")

for line in broken:
    print("BROKEN LINK:", line)
print(f"{followed} links of the document lead from the samples to a 200")
sys.exit(1 if broken or not followed else 0)
