"""The command line of run."""

import argparse
import os
import sys

from programs import Wrong
from reads import beside_the_ceiling, two_stores
from writes import durable_writes


def main():
    parser = argparse.ArgumentParser(prog="run", description="Measures isnad over HTTP.")
    parser.add_argument("part", nargs="?", choices=["reads", "writes"], default="reads")
    parser.add_argument("--articles", type=int, default=20_000, help="in the store (20,000)")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median is told (5)")
    parser.add_argument("--seconds", type=int, default=3, help="that each server is timed in a round (3)")
    parser.add_argument("--row", default="", help="reads: only rows in whose names this stands")
    parser.add_argument("--compare", type=int, nargs=2, metavar="ARTICLES", help="reads: two stores beside each other")
    options = parser.parse_args()
    print(f"Before the run the machine had a load of {os.getloadavg()[0]:.1f}; there should be nothing else.", file=sys.stderr)
    if options.part == "writes":
        durable_writes(options)
    elif options.compare:
        two_stores(options)
    else:
        beside_the_ceiling(options)


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(str(wrong))
