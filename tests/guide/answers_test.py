"""Shows that a difference between what a page shows and what was met is seen."""
import unittest

from answers import Difference, compare

SAME = [
    ("json", '{"a": [1, "x"]}', '{"a":[1,"x"]}'),
    ("json", '{"a": 1, "…": "…"}', '{"a":1,"b":2}'),
    ("json", '{"a": [1, "…"]}', '{"a":[1,2,3]}'),
    ("json", '{"a": "…", "b": "سد…"}', '{"a":{"c":null},"b":"سد فيرانس"}'),
    ("http", "HTTP/1.1 200 OK\nETag: \"1-…\n\n{}", "HTTP/1.1 200 OK\r\ndate: now\r\netag: \"1-ab\"\r\n\r\n{}"),
    ("text", "304 0\n", "304 0\n"),
]
DIFFERENT = [
    ("json", '{"a": 1}', '{"a":2}'),
    ("json", '{"a": 1}', '{"a":true}'),
    ("json", '{"a": 1}', '{"a":1,"b":2}'),
    ("json", '{"a": 1, "…": "…"}', '{"b":2}'),
    ("json", "[1]", "[1,2]"),
    ("json", '[1, 2, "…"]', "[1]"),
    ("json", '"سد…"', '"نهر"'),
    ("json", "{}", "<html>"),
    ("http", "HTTP/1.1 200 OK", "HTTP/1.1 304 Not Modified\r\n"),
    ("http", "HTTP/1.1 200 OK\nlink: </a>", "HTTP/1.1 200 OK\r\n\r\n"),
    ("http", "HTTP/1.1 200 OK\n\n{\"a\": 1}", "HTTP/1.1 200 OK\r\n\r\n{\"a\":2}"),
    ("text", "304 0", "200 17"),
    ("text", "304 0", ""),
]


class Answers(unittest.TestCase):
    def test_what_is_the_same_is_taken(self):
        for case in SAME:
            with self.subTest(case):
                compare(*case)

    def test_what_differs_is_told(self):
        for case in DIFFERENT:
            with self.subTest(case), self.assertRaises(Difference):
                compare(*case)


if __name__ == "__main__":
    unittest.main()
