"""Says what a run of schemathesis reached, and fails when an operation was never answered 200, 201 or 204.

A run without failures proves nothing about what it did not reach.
Takes the document, schemathesis' JSON report and its events (NDJSON).
"""

import json
import sys
from collections import Counter


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


document, report = read(sys.argv[1]), read(sys.argv[2])
operations = {}  # by label, its definition
labels = {}  # by operation id, its label
for path, item in document["paths"].items():
    for method, operation in item.items():
        label = f"{method.upper()} {path}"
        operations[label] = operation
        labels[operation["operationId"]] = label
links = {
    f"{label} -> [{status}] {name} -> {labels[link['operationId']]}"
    for label, operation in operations.items()
    for status, response in operation["responses"].items()
    for name, link in response.get("links", {}).items()
}

statuses, answered, followed = Counter(), Counter(), Counter()
with open(sys.argv[3], encoding="utf-8") as events:
    for line in events:
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for case, interaction in recorder.get("interactions", {}).items():
            status = (interaction.get("response") or {}).get("status_code")
            sent = recorder["cases"][case]
            statuses[status] += 1
            if status in (200, 201, 204):
                answered[f"{sent['value']['method']} {sent['value']['path']}"] += 1
                if sent.get("is_transition_applied"):
                    followed[sent["transition"]["id"]] += 1

missed = [label for label in operations if not answered[label]]

print(f"{sum(statuses.values())} requests in {report['running_time']:.0f} s, seed {report['seed']}; answers by status:", end=" ")
print(", ".join(f"{status}: {count}" for status, count in sorted(statuses.items(), key=str)))
print(f"{len(operations)} operations, each answered so at least {min(answered[label] for label in operations)} times")
print(f"{len(links)} links in the document; {len(links & followed.keys())} of them led to a good answer, {sum(followed[link] for link in links)} times in all")
for label in missed:
    print("NEVER ANSWERED 200, 201 OR 204:", label)
failures = report["test_cases"]["unique_failures"]
print(f"{failures} failures" if failures else "no failure")
sys.exit(1 if missed else 0)
