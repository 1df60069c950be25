"""Prints what deploy/README.md has under a heading: the blocks of a language, of `sh` those whose first line is `# on …` and
names the machine. With --commands it prints where there are commands at all, as "machine: heading"."""

import re
import sys

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$\n", re.MULTILINE)


def sections(page: str):
    """Headings, and what stands under each up to the next; a `#` within a block is no heading."""
    blocks = [block.span() for block in BLOCK.finditer(page)]
    headings = [h for h in HEADING.finditer(page) if not any(a <= h.start() < b for a, b in blocks)]
    for heading, following in zip(headings, [*headings[1:], None]):
        yield heading[1], page[heading.end() : following.start() if following else None]


def blocks_of(section: str, language: str):
    return [text for found, text in BLOCK.findall(section) if found == language]


def machines_of(block: str) -> list[str]:
    first = block.partition("\n")[0]
    if not first.startswith("# on "):
        raise SystemExit(f"a block does not say which machine it is for: {first}")
    return first.removeprefix("# on ").split(", ")


def main() -> None:
    page = open(sys.argv[1], encoding="utf-8").read()
    if sys.argv[2] == "--commands":
        for heading, section in sections(page):
            machines = {machine for block in blocks_of(section, "sh") for machine in machines_of(block)}
            print(*(f"{machine}: {heading}\n" for machine in sorted(machines)), sep="", end="")
        return
    wanted, language, *machine = sys.argv[2:]
    found = [
        block
        for heading, section in sections(page)
        if heading == wanted
        for block in blocks_of(section, language)
        if not machine or machine[0] in machines_of(block)
    ]
    if not found:
        raise SystemExit(f"the page has no {language} under {wanted!r} {' '.join(machine)}")
    print("".join(found))


if __name__ == "__main__":
    main()
