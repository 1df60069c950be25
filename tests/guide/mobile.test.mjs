// The mobile example: what it transfers from the server at ISNAD_URL, what it shows offline, and how it takes 308, 410 and 503.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cost, line, sync, wordsOf } from '../../examples/mobile/front_page.mjs';
import { KeptAnswers } from '../../examples/mobile/kept_answers.mjs';

const ENTRY = fileURLToPath(new URL('../../examples/mobile/front_page.mjs', import.meta.url));
const ISNAD = process.env.ISNAD_URL;

async function folder(context) {
  const path = await mkdtemp(join(tmpdir(), 'isnad-mobile-'));
  context.after(() => rm(path, { recursive: true }));
  return path;
}

/** A server on a free port: its origin, and a way to end it. */
async function serve(context, handler) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  context.after(close);
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}

/** Stands before isnad and weighs what comes through, so that the example is not its own witness. */
async function scales(context) {
  const seen = [];
  const { origin, close } = await serve(context, ({ url, headers }, answer) => {
    get(new URL(url, ISNAD), { headers: { ...headers, host: new URL(ISNAD).host } }, async (met) => {
      const body = Buffer.concat(await met.toArray());
      seen.push({ path: url, status: met.statusCode, bytes: body.length });
      answer.writeHead(met.statusCode, met.headers).end(body);
    });
  });
  return { origin, close, seen };
}

/** A server that gives each path its answers in turn, the last one for good. */
async function stub(context, script) {
  const asked = [];
  const { origin } = await serve(context, (request, answer) => {
    asked.push({ path: request.url, tag: request.headers['if-none-match'] });
    const answers = script[request.url];
    const [status, headers, body] = answers.length > 1 ? answers.shift() : answers[0];
    answer.writeHead(status, headers).end(body && JSON.stringify(body));
  });
  return { origin, asked };
}

test('what has not changed costs a 304 and no body, and is there when the server is away', async (context) => {
  const kept = await folder(context);
  const { origin, close, seen } = await scales(context);

  const first = new KeptAnswers(origin, kept);
  const articles = await sync(first);
  assert.equal(articles.length, 10);
  assert.equal(seen.length, 12, 'two pages and ten articles');
  assert.ok(seen.every(({ status, bytes }) => status === 200 && bytes > 0));
  assert.deepEqual(first.traffic, seen);

  const weighed = seen.splice(0);
  const second = new KeptAnswers(origin, kept);
  assert.deepEqual(await sync(second), articles);
  assert.equal(seen.length, 12);
  assert.ok(seen.every(({ status, bytes }) => status === 304 && bytes === 0));
  assert.deepEqual(second.traffic, seen);
  context.diagnostic(`first run: ${cost(weighed)}`);
  context.diagnostic(`second run: ${cost(seen)}`);

  close();
  const offline = new KeptAnswers(origin, kept);
  assert.deepEqual(await sync(offline), articles);
  assert.ok(offline.traffic.every(({ status }) => status === 0));
  assert.equal((await readdir(kept)).length, 12, 'nothing is forgotten offline');
});

test('the program shows offline what it showed online', async (context) => {
  const kept = await folder(context);
  const shown = async (url) => {
    const { stdout } = await promisify(execFile)(process.execPath, [ENTRY, kept], { env: { ISNAD_URL: url } });
    const [sum, ...rest] = stdout.split('\n');
    return { sum, rest };
  };
  const online = await shown(ISNAD);
  const again = await shown(ISNAD);
  const offline = await shown('http://127.0.0.1:1');
  assert.match(online.sum, /^12 requests: 12 new, 0 unchanged/);
  assert.equal(again.sum, '12 requests: 0 new, 12 unchanged, 0 without an answer; 0 bytes of bodies');
  assert.equal(offline.sum, '12 requests: 0 new, 0 unchanged, 12 without an answer; 0 bytes of bodies');
  assert.ok(online.rest.some((one) => one.includes('←')), 'statements are shown');
  assert.deepEqual(again.rest, online.rest);
  assert.deepEqual(offline.rest, online.rest);
});

test('every statement that is shown stands in the text', async (context) => {
  const articles = await sync(new KeptAnswers(ISNAD, await folder(context)));
  let anchored = 0;
  for (const article of articles) {
    for (const statement of article.statements) {
      const { anchor, quote } = statement;
      const pieces = anchor && [anchor, ...(anchor.continued ?? [])].map(({ exact }) => exact);
      assert.equal(wordsOf(article, statement), pieces ? pieces.join(' … ') : null);
      assert.ok(line(article, statement).includes(pieces ? pieces[0] : quote));
      anchored += Boolean(anchor);
    }
  }
  assert.ok(anchored > 50, `${anchored} anchored statements`);
});

test('what has moved is asked for at its new address from then on', async (context) => {
  const { origin, asked } = await stub(context, {
    '/v1/articles/old': [[308, { Location: '/v1/articles/7?fields=title' }]],
    '/v1/articles/7?fields=title': [[200, { ETag: '"1-a"' }, { title: 'Ferry' }], [304, { ETag: '"1-a"' }]],
  });
  const kept = await folder(context);
  for (const _ of [1, 2]) {
    assert.deepEqual(await new KeptAnswers(origin, kept).read('/v1/articles/old'), { title: 'Ferry' });
  }
  assert.deepEqual(asked, [
    { path: '/v1/articles/old', tag: undefined },
    { path: '/v1/articles/7?fields=title', tag: undefined },
    { path: '/v1/articles/7?fields=title', tag: '"1-a"' },
  ]);
});

test('what is gone is not shown any more, and not kept', async (context) => {
  const { origin } = await stub(context, {
    '/v1/articles/7': [[200, { ETag: '"1-a"' }, { title: 'Ferry' }], [410, {}, { code: 'gone' }]],
  });
  const kept = await folder(context);
  assert.deepEqual(await new KeptAnswers(origin, kept).read('/v1/articles/7'), { title: 'Ferry' });
  assert.equal(await new KeptAnswers(origin, kept).read('/v1/articles/7'), null);
  assert.deepEqual(await readdir(kept), []);
});

test('a busy server is asked again after as long as it says', async (context) => {
  const busy = (seconds) => [503, { 'Retry-After': seconds }, { code: 'database_busy' }];
  const { origin, asked } = await stub(context, {
    '/v1/meta': [busy('7'), busy('2'), [200, { ETag: '"a"' }, { name: 'isnad' }], busy('1')],
  });
  const kept = await folder(context);
  const waited = [];
  const wait = async (seconds) => waited.push(seconds);
  assert.deepEqual(await new KeptAnswers(origin, kept, wait).read('/v1/meta'), { name: 'isnad' });
  assert.deepEqual(waited, [7, 2]);

  // Busy for good: three attempts, and then what is kept.
  assert.deepEqual(await new KeptAnswers(origin, kept, wait).read('/v1/meta'), { name: 'isnad' });
  assert.deepEqual(waited, [7, 2, 1, 1]);
  assert.equal(asked.length, 6);
});

test('what has fallen off the front page is forgotten', async (context) => {
  const one = (data) => [200, {}, { data, page: { next: null } }];
  const list = '/v1/articles?limit=5&fields=id%2Ctitle%2Cdirection%2Coutlet%2Cpublished_at';
  const whole = (id) => `/v1/articles/${id}?fields=title,summary,body,statements`;
  const { origin } = await stub(context, {
    [list]: [one([{ id: 'old' }]), one([{ id: 'new' }])],
    [whole('old')]: [[200, {}, { title: 'Old' }]],
    [whole('new')]: [[200, {}, { title: 'New' }]],
  });
  const kept = await folder(context);
  for (const title of ['Old', 'New']) {
    assert.deepEqual((await sync(new KeptAnswers(origin, kept))).map((article) => article.title), [title]);
    assert.equal((await readdir(kept)).length, 2, 'the list and one article');
  }
});
