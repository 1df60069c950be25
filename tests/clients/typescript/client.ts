// The client that openapi-fetch makes of the document's types, and a record of the operations that it called.
import createClient, { type ClientOptions, type Middleware } from "openapi-fetch";
import type { paths, Problem } from "./schema.js";

const server = process.env["ISNAD_URL"];
if (server === undefined) throw new Error("ISNAD_URL names no server");
export const baseUrl = server;
const key = process.env["ISNAD_KEY"];
if (key === undefined) throw new Error("ISNAD_KEY is no key");

export const called = new Set<string>();
const recorder: Middleware = {
  onRequest({ request, schemaPath }) {
    called.add(`${request.method} ${schemaPath}`);
  },
};

// Lists of values go comma by comma (`style: form, explode: false` in the document), which openapi-fetch must be told.
const options: ClientOptions = { baseUrl, querySerializer: { array: { style: "form", explode: false } } };

// A 200 has two media types: whole things, and what is left of them when `fields` is given. Hence two clients.
export const whole = createClient<paths, "application/json" | "application/problem+json">(options);
export const partial = createClient<paths, "application/vnd.isnad.partial+json" | "application/problem+json">(options);
// Writing takes a key; reading goes without, as the public does it.
export const writer = createClient<paths>({ ...options, headers: { Authorization: `Bearer ${key}` } });
whole.use(recorder);
partial.use(recorder);
writer.use(recorder);

type Answer<Data> =
  | { data: Data; error?: never; response: Response }
  | { data?: never; error: Problem | undefined; response: Response };

/** The data of an answer that must be 200. */
export async function read<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer;
  if (data === undefined) throw new Error(`${response.url}: ${response.status} ${error?.detail ?? ""}`);
  return data;
}

/** The problem of an answer that must be one. */
export async function refused<Data>(answer: Promise<Answer<Data>>): Promise<Problem> {
  const { error, response } = await answer;
  if (error === undefined) throw new Error(`${response.url}: ${response.status}, where a problem was expected`);
  return error;
}
