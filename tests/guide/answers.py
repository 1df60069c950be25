"""Holds an answer that a page shows against the one that was met. What is left out is marked by `…`:

- a string or line that ends with `…` may go on; `"…"` alone stands for any value
- `"…"` as the last element of an array stands for any further elements
- `"…": "…"` as a member of an object stands for any further members
- of headers only those that are shown are compared; those that are sent besides are no difference
"""
import json

MORE = "…"


class Difference(Exception):
    """What was expected and met, and where."""


def compare(language: str, shown: str, met: str) -> None:
    """Raises a Difference, or returns when the answer is the one that is shown."""
    if language == "json":
        compare_json(json.loads(shown), parsed(met))
    elif language == "http":
        compare_http(shown, met)
    else:
        compare_lines(shown, met)


def compare_json(shown, met, at: str = "") -> None:
    if shown == MORE:
        return
    if isinstance(shown, dict) and isinstance(met, dict):
        expected = {name: value for name, value in shown.items() if name != MORE}
        for name, value in expected.items():
            if name not in met:
                raise Difference(f"{at}/{name} is missing")
            compare_json(value, met[name], f"{at}/{name}")
        if MORE not in shown and expected.keys() != met.keys():
            raise Difference(f"{at} has also {', '.join(met.keys() - expected.keys())}")
    elif isinstance(shown, list) and isinstance(met, list):
        open_ended = shown[-1:] == [MORE]
        expected = shown[:-1] if open_ended else shown
        if len(met) < len(expected) or (len(met) > len(expected) and not open_ended):
            raise Difference(f"{at} has {len(met)} elements, not {len(expected)}")
        for index, value in enumerate(expected):
            compare_json(value, met[index], f"{at}/{index}")
    elif isinstance(shown, str) and isinstance(met, str):
        compare_text(shown, met, at)
    # In Python 1 == True: the types have to be the same too.
    elif type(shown) is not type(met) or shown != met:
        raise Difference(f"{at} is {json.dumps(met, ensure_ascii=False)}, not {json.dumps(shown, ensure_ascii=False)}")


def compare_text(shown: str, met: str, at: str) -> None:
    same = met.startswith(shown[: -len(MORE)]) if shown.endswith(MORE) else met == shown
    if not same:
        raise Difference(f"{at} is {met!r}, not {shown!r}")


def compare_lines(shown: str, met: str) -> None:
    expected, lines = shown.splitlines(), met.splitlines()
    if len(expected) != len(lines):
        raise Difference(f"there are {len(lines)} lines, not {len(expected)}:\n{met}")
    for number, (one, other) in enumerate(zip(expected, lines), 1):
        compare_text(one, other.rstrip(), f"line {number}")


def compare_http(shown: str, met: str) -> None:
    (status, headers, body), (met_status, met_headers, met_body) = message(shown), message(met)
    compare_text(status, met_status, "the status")
    for name, value in headers.items():
        if name not in met_headers:
            raise Difference(f"there is no header {name}")
        compare_text(value, met_headers[name], f"the header {name}")
    if body.strip():
        compare_json(json.loads(body), parsed(met_body))


def message(text: str) -> tuple[str, dict[str, str], str]:
    head, _, body = text.replace("\r\n", "\n").partition("\n\n")
    status, *lines = head.strip().splitlines()
    pairs = (line.partition(":") for line in lines)
    return status.strip(), {name.lower(): value.strip() for name, _, value in pairs}, body


def parsed(text: str):
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Difference(f"the answer is no JSON ({error}): {text[:300]!r}") from error
