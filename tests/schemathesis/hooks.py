"""Has schemathesis write more than what chance finds.

What fits the schemas seldom can be stored: they cannot say that an article has a `body` or a `text`, which languages there are,
or what a reference finds.
"""

import itertools
import zlib

import schemathesis

import bodies

numbers = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Of the bodies that are sent along links, every other one is the example's."""
    if case.meta is None or case.meta.phase.name != "stateful" or zlib.crc32(repr(case.body).encode()) % 2:
        return
    body = bodies.fresh(case.operation.definition.raw, f"chance-{next(numbers)}")
    if body is not None:
        case.body = body
