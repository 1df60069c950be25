"""Runs every snippet of the guide, and those of the README, against the server at ISNAD_URL, which takes ISNAD_KEY.

`sh` is run, and the block directly after it (`json`, `http` or `text`) is compared with what it printed.
`ts`, `js`, `kotlin`, `python` and `rust` are compiled and run, the blocks of one page together as one program;
a snippet proves what its page says by failing otherwise. `swift` is parsed, as there is no compiler to be had.
"""
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from answers import Difference, compare
from pages import GUIDE, README, Block, blocks_of

URL = os.environ["ISNAD_URL"].rstrip("/")
BUILD = Path(os.environ["ISNAD_BUILD"]) / "snippets"
MODULES = Path(os.environ["ISNAD_BUILD"]) / "node_modules"
PRINTED = "http://127.0.0.1:8080"  # The address in the pages, for people to paste.
ANSWERS = {"json", "http", "text"}
PROGRAMS = {"ts": "mts", "js": "mjs", "kotlin": "kt", "python": "py", "rust": "rs", "swift": "swift"}

failures: list[str] = []
held: Counter[str] = Counter()


def fail(place: str, message: str) -> None:
    failures.append(f"{place}: {message.strip()}")


def run(place: str, command: list, folder: Path = BUILD) -> str | None:
    """What a command printed; None when it failed, which is told."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        fail(place, f"ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return None
    return done.stdout


def run_shell(page: Path, blocks: list[Block]) -> None:
    """The commands of a page share a folder: what one of them saves, a later one may read."""
    folder = BUILD / page.stem
    folder.mkdir(parents=True, exist_ok=True)
    printed: str | None = None
    asked = False
    for block in blocks:
        if block.language == "sh":
            command = f"set -euo pipefail\n{block.text.replace(PRINTED, URL)}"
            printed, asked = run(block.place, ["bash", "-c", command], folder), True
            held["sh run"] += printed is not None
        elif block.language in ANSWERS and asked and block.answers:
            asked = False
            if printed is not None:
                try:
                    compare(block.language, block.text, printed)
                    held["answers compared"] += 1
                except (Difference, ValueError) as difference:
                    fail(block.place, str(difference))
        elif block.language == "json":
            parse_json(block)
        elif block.language in ANSWERS:
            fail(block.place, "shows an answer, but no `sh` stands directly before it")
        else:
            asked = False


def parse_json(block: Block) -> None:
    try:
        json.loads(block.text)
        held["json parsed"] += 1
    except ValueError as error:
        fail(block.place, f"is no JSON: {error}")


def write_programs(page: Path, blocks: list[Block]) -> None:
    """One file for each language of a page, in which every line stands at the line where the page has it."""
    for language, ending in PROGRAMS.items():
        mine = [block for block in blocks if block.language == language]
        if not mine:
            continue
        text = ""
        for block in mine:
            text += "\n" * (block.line - 1 - text.count("\n")) + block.text.replace(PRINTED, URL)
        folder = BUILD / language
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{page.stem}.{ending}").write_text(text, encoding="utf-8")
        held[f"{language} blocks"] += len(mine)


def programs(language: str) -> list[Path]:
    return sorted((BUILD / language).glob(f"*.{PROGRAMS[language]}"))


def run_each(language: str, files: list[Path], command) -> None:
    for file in files:
        if run(f"the {language} of docs/{file.stem}.md", command(file)) is not None:
            held[f"{language} programs run"] += 1


def run_typescript() -> None:
    files = programs("ts")
    if not files:
        return
    options = {"strict": True, "target": "es2022", "module": "esnext", "moduleResolution": "bundler",
               "lib": ["es2022", "dom", "dom.iterable"], "types": [], "outDir": "out"}
    config = {"compilerOptions": options, "files": [file.name for file in files]}
    (BUILD / "ts" / "tsconfig.json").write_text(json.dumps(config))
    if run("TypeScript", [MODULES / ".bin" / "tsc", "--project", "."], BUILD / "ts") is not None:
        run_each("ts", sorted((BUILD / "ts" / "out").glob("*.mjs")), lambda file: ["node", file])


def run_kotlin() -> None:
    """All pages in one go: the compiler is slow to start."""
    files = programs("kotlin")
    if not files:
        return
    compiler, out = MODULES / "kotlin-compiler", BUILD / "kotlin" / "out"
    if run("Kotlin", ["bash", compiler / "bin" / "kotlinc", "-Werror", "-d", out, *files]) is not None:
        classes = f"{out}:{compiler / 'lib' / 'kotlin-stdlib.jar'}"
        run_each("kotlin", files, lambda file: ["java", "-cp", classes, f"{file.stem.capitalize()}Kt"])


def run_rust() -> None:
    for file in programs("rust"):
        program = file.with_suffix("")
        if run(f"the rust of docs/{file.stem}.md", ["rustc", "--edition", "2024", "-o", program, file]) is not None:
            run_each("rust", [program], lambda one: [one])


def parse_swift() -> None:
    import tree_sitter
    import tree_sitter_swift

    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_swift.language()))
    for file in programs("swift"):
        fault = first_fault(parser.parse(file.read_bytes()).root_node)
        if fault is None:
            held["swift programs parsed (there is no compiler)"] += 1
        else:
            fail(f"docs/{file.stem}.md:{fault.start_point[0] + 1}", "is not Swift from here on")


def first_fault(node):
    if node.is_error or node.is_missing:
        return node
    return next((fault for child in node.children if child.has_error and (fault := first_fault(child))), None)


def as_shell(block: Block) -> Block:
    """Blocks of commands without a language: those that ask a server are run here."""
    if block.language == "" and block.text.startswith("curl "):
        block.language = "sh"
    elif block.language == "" and all(line.startswith(("cargo ", "isnad ", "python3 -m http.server ")) for line in block.text.splitlines()):
        block.language = "program"  # They build and run isnad itself, as .ci/run does.
    return block


def main() -> None:
    if not GUIDE:
        raise SystemExit("there are no pages in docs/")
    shutil.rmtree(BUILD, ignore_errors=True)  # Nothing of a run before, which may have had other snippets.
    known = {"sh", *ANSWERS, *PROGRAMS}
    for page in [*GUIDE, README]:
        blocks = [block for block in map(as_shell, blocks_of(page)) if block.language != "program"]
        for block in blocks:
            if block.language not in known:
                fail(block.place, f"is in a language that nothing here runs: {block.language!r}")
        run_shell(page, blocks)
        write_programs(page, blocks)
    run_typescript()
    run_each("js", programs("js"), lambda file: ["node", file])
    run_each("python", programs("python"), lambda file: [sys.executable, file])
    run_kotlin()
    run_rust()
    parse_swift()
    print(f"{len(GUIDE)} pages and the README:", ", ".join(f"{count} {what}" for what, count in sorted(held.items())))
    for failure in failures:
        print(f"FAILED {failure}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
