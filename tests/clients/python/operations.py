"""Runs last: every operation of the document was called by then."""

import json
import unittest
import urllib.request

from client import called, server


class Operations(unittest.TestCase):
    def test_every_operation_of_the_document_was_called(self) -> None:
        with urllib.request.urlopen(f"{server}/openapi.json", timeout=10) as answer:
            paths = json.load(answer)["paths"]
        operations = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
        self.assertEqual(called, operations)
        print(f"all {len(operations)} operations of the document were called")
