// Answers of an isnad server, kept in a folder with their ETags as a phone would keep them.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const TRIES = 3;

export class KeptAnswers {
  /** What was asked and what came over the wire for it; status 0 where no answer came. */
  traffic = [];
  #used = new Set();

  constructor(origin, folder, wait = (seconds) => setTimeout(seconds * 1000)) {
    Object.assign(this, { origin, folder, wait });
  }

  /** The newest answer at `path` that can be had; null when there is none, or none any more for the public. */
  async read(path) {
    const known = await this.#find(path);
    // A 308 is for ever: what has moved is asked for at its new address from then on.
    if (known?.movedTo) return this.read(known.movedTo);

    const response = await this.#ask(path, known?.etag);
    // Offline, or the server is unwell: what is kept will do.
    if (!response || response.status >= 500) return known?.body ?? null;
    if (response.status === 404 || response.status === 410) {
      await this.#forget(path); // The public may not read this any more: neither may we show it.
      return null;
    }
    if (response.status >= 400) throw new Error(JSON.parse(response.text).detail);

    const answer = response.status === 304 ? known : { etag: response.etag, body: JSON.parse(response.text) };
    if (response.movedTo) {
      await this.#keep(response.movedTo, answer);
      await this.#keep(path, { movedTo: response.movedTo });
    } else if (response.status === 200) {
      await this.#keep(path, answer);
    }
    return answer.body;
  }

  /** Forgets what was not read here: it has fallen off the front page. Offline nothing is forgotten. */
  async forgetTheRest() {
    if (this.traffic.some(({ status }) => status === 0 || status >= 500)) return;
    for (const name of await readdir(this.folder)) {
      if (!this.#used.has(name)) await rm(join(this.folder, name));
    }
  }

  /** Asks as often as the server wants to be asked again; undefined when nobody answers. */
  async #ask(path, etag) {
    for (let attempt = 1; ; attempt += 1) {
      const headers = etag ? { 'If-None-Match': etag } : {};
      const response = await fetch(new URL(path, this.origin), { headers }).catch(() => undefined);
      const text = await response?.text().catch(() => undefined); // The network may go in the middle of a body.
      if (text === undefined) {
        this.traffic.push({ path, status: 0, bytes: 0 });
        return undefined;
      }
      // `text` is unpacked already; `Content-Length` is what came over the wire.
      const bytes = text === '' ? 0 : Number(response.headers.get('Content-Length') ?? Buffer.byteLength(text));
      this.traffic.push({ path, status: response.status, bytes });
      if (response.status === 503 && attempt < TRIES) {
        await this.wait(Number(response.headers.get('Retry-After')) || 1);
        continue;
      }
      const { pathname, search } = new URL(response.url);
      const movedTo = response.redirected ? pathname + search : undefined;
      return { status: response.status, etag: response.headers.get('ETag'), text, movedTo };
    }
  }

  /** Where the answer at `path` lies: a hash, as an address may be longer than a file's name. */
  #file(path) {
    const name = `${createHash('sha256').update(path).digest('hex')}.json`;
    this.#used.add(name);
    return join(this.folder, name);
  }

  async #find(path) {
    const text = await readFile(this.#file(path), 'utf8').catch(() => 'null');
    return JSON.parse(text);
  }

  /** Written aside and then renamed: an app can be stopped at any moment, and half an answer is none. */
  async #keep(path, answer) {
    await mkdir(this.folder, { recursive: true });
    const file = this.#file(path);
    await writeFile(`${file}.new`, JSON.stringify(answer));
    await rename(`${file}.new`, file);
  }

  async #forget(path) {
    await rm(this.#file(path), { force: true });
  }
}
