"""Holds the guide against the document: links lead somewhere, every problem code and query parameter is explained."""
import json
import os
import re
import sys
import urllib.request

from pages import GUIDE, README, ROOT, prose_of

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def heading_anchors(page) -> set[str]:
    """As GitHub makes them: lower case, no punctuation, hyphens for spaces."""
    headings = HEADING.findall(prose_of(page))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links() -> list[str]:
    dead = []
    for page in [*GUIDE, README]:
        for link in LINK.findall(prose_of(page)):
            if re.match(r"[a-z]+:", link):
                continue  # Leads out of the repository, where a test does not go.
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists() or not target.is_relative_to(ROOT):
                dead.append(f"{page.relative_to(ROOT)} links to {link}, which is not there")
            elif anchor and anchor not in heading_anchors(target):
                dead.append(f"{page.relative_to(ROOT)} links to {link}: there is no such heading")
    return dead


def query_parameters(document) -> set[str]:
    operations = (operation for path in document["paths"].values() for operation in path.values())
    parameters = (parameter for operation in operations for parameter in operation.get("parameters", []))
    resolved = (parameter if "name" in parameter else component(document, parameter["$ref"]) for parameter in parameters)
    return {parameter["name"] for parameter in resolved if parameter["in"] == "query"}


def component(document, reference: str):
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document


def parameters_told_of() -> set[str]:
    """What stands between backticks: `name`, or in an example of its use: `name=value`."""
    return {name for page in GUIDE for name in re.findall(r"`(\w+)(?:=[^`]*)?`", prose_of(page))}


def main() -> None:
    url = os.environ["ISNAD_URL"].rstrip("/")
    with urllib.request.urlopen(f"{url}/openapi.json", timeout=10) as answer:
        document = json.load(answer)
    faults = dead_links()

    codes = set(document["components"]["schemas"]["ProblemCode"]["x-extensible-enum"])
    explained = set(re.findall(r"^\| `(\w+)` +\|", (ROOT / "docs/errors.md").read_text(encoding="utf-8"), re.MULTILINE))
    faults += [f"docs/errors.md does not explain `{code}`" for code in sorted(codes - explained)]
    faults += [f"docs/errors.md explains `{code}`, which is no code" for code in sorted(explained - codes)]

    parameters = query_parameters(document)
    faults += [f"no page tells of the parameter `{name}`" for name in sorted(parameters - parameters_told_of())]

    print(f"{len(codes)} problem codes and {len(parameters)} query parameters held against the guide, its links followed")
    for fault in faults:
        print(f"FAILED {fault}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
