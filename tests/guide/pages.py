"""The pages of the guide and the fenced blocks that stand in them."""
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = sorted((ROOT / "docs").glob("*.md"))
README = ROOT / "README.md"


@dataclass
class Block:
    """A fenced block: its first line of text is `line` of its page, counted from 1."""

    page: Path
    line: int
    language: str
    text: str
    answers: bool  # It follows the block before it with nothing but blank lines between.

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    blocks: list[Block] = []
    opened: Block | None = None
    prose = True
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(keepends=True), 1):
        if line.startswith("```"):
            if opened is None:
                opened = Block(page, number + 1, line[3:].strip(), "", answers=not prose)
            else:
                blocks.append(opened)
                opened, prose = None, False
        elif opened is not None:
            opened.text += line
        elif line.strip():
            prose = True
    if opened is not None:
        raise SystemExit(f"{opened.place}: the block is never closed")
    return blocks


def prose_of(page: Path) -> str:
    """The page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
