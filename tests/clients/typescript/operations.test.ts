// Reads and writes everything that the document offers, and sees to it that nothing was left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { baseUrl, called } from "./client.js";

// One after the other: what is read is what the samples are.
await import("./reading.js");
await import("./writing.js");

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

test("every operation of the document was called", async (context) => {
  const document: unknown = await (await fetch(new URL("/openapi.json", baseUrl))).json();
  assert(isObject(document) && isObject(document["paths"]));
  const operations = Object.entries(document["paths"]).flatMap(([path, methods]) =>
    Object.keys(isObject(methods) ? methods : {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual([...called].sort(), operations.sort());
  context.diagnostic(`${operations.length} operations`);
});
