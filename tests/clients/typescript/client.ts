// The client that openapi-fetch makes of the document's types, and a record of the operations that it called.
import createClient, { type ClientOptions, type Middleware } from "openapi-fetch";
import type { paths, Problem } from "./schema.js";

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export const baseUrl = given("ISNAD_URL");

export const called = new Set<string>();
const recorder: Middleware = {
  onRequest({ request, schemaPath }) {
    called.add(`${request.method} ${schemaPath}`);
  },
};

// Lists of values go comma by comma (`style: form, explode: false` in the document), which openapi-fetch must be told.
const options: ClientOptions = { baseUrl, querySerializer: { array: { style: "form", explode: false } } };

type Whole = "application/json" | "application/problem+json";

// A 200 has two media types: whole things, and what is left of them when `fields` is given. Hence two clients.
export const whole = createClient<paths, Whole>(options);
export const partial = createClient<paths, "application/vnd.isnad.partial+json" | "application/problem+json">(options);
whole.use(recorder);
partial.use(recorder);

/** A client with a key. Reading goes without one, as the public does it. */
export function keyed(key: string): typeof whole {
  const client = createClient<paths, Whole>({ ...options, headers: { Authorization: `Bearer ${key}` } });
  client.use(recorder);
  return client;
}

export const desk = keyed(given("ISNAD_KEY"));
export const administration = keyed(given("ISNAD_ADMIN_KEY"));

type Answer<Data> =
  | { data: Data; error?: never; response: Response }
  | { data?: never; error: Problem | undefined; response: Response };

/** The data of an answer that must be good. */
export async function read<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer;
  if (data === undefined) throw new Error(`${response.url}: ${response.status} ${error?.detail ?? ""}`);
  return data;
}

/** Sees to it that an answer is good and has no content. */
export async function done(answer: Promise<Answer<undefined>>): Promise<void> {
  const { error, response } = await answer;
  if (response.status !== 204) throw new Error(`${response.url}: ${response.status} ${error?.detail ?? ""}`);
}

/** The problem of an answer that must be one. */
export async function refused<Data>(answer: Promise<Answer<Data>>): Promise<Problem> {
  const { error, response } = await answer;
  if (error === undefined) throw new Error(`${response.url}: ${response.status}, where a problem was expected`);
  return error;
}
