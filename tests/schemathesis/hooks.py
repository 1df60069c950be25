"""Has schemathesis read NDJSON, and write more along links than what chance finds.

What fits the schemas seldom can be stored: they cannot say that an article has a `body` or a `text`, which languages there are,
or what a reference finds. And a scenario must go the same way when it is repeated, or it is given up: what it makes may not
be there already.
"""

import itertools
import json
import zlib

import schemathesis

import bodies

numbers = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Of the bodies that are sent along links, two in three are the example's, and all of them make something new."""
    if case.meta is None or case.meta.phase.name != "stateful":
        return
    operation, number = case.operation.definition.raw, next(numbers)
    example = bodies.example(operation)
    body = example if example is not None and zlib.crc32(repr(case.body).encode()) % 3 else case.body
    body = bodies.fresh(operation, body, f"chance-{number}")
    if body is not case.body:
        case.body = body


@schemathesis.serializer("application/x-ndjson", "application/ndjson", "application/jsonl")
def sent_lines(context, value):
    return str(value).encode()


@schemathesis.deserializer("application/x-ndjson")
def lines(context, response):
    return [json.loads(line) for line in response.content.splitlines()]
