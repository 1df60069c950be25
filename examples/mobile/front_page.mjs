// A phone's front page: `node front_page.mjs [folder]` brings it up to date and shows it; offline it shows what is kept.
import { pathToFileURL } from 'node:url';
import { KeptAnswers } from './kept_answers.mjs';

const PAGES = 2;
const IN_A_LIST = 'id,title,direction,outlet,published_at';
const WHOLE = 'title,summary,body,statements';

/** The articles of the front page, whole, so that each can be opened offline. */
export async function sync(answers) {
  const articles = [];
  let cursor = null;
  for (let page = 0; page < PAGES && (page === 0 || cursor); page += 1) {
    const asked = new URLSearchParams({ limit: 5, fields: IN_A_LIST, ...(cursor && { cursor }) });
    const list = await answers.read(`/v1/articles?${asked}`);
    if (!list) break;
    for (const summary of list.data) {
      // By id: a slug may change, an id never does.
      const article = await answers.read(`/v1/articles/${summary.id}?fields=${WHOLE}`);
      if (article) articles.push({ ...summary, ...article });
    }
    cursor = list.page.next;
  }
  await answers.forgetTheRest();
  return articles;
}

/** The words of a statement as they stand in the article; null where they stand nowhere in it any more. */
export function wordsOf(article, { anchor }) {
  if (!anchor || anchor.state === 'orphaned') return null;
  const textOf = ({ block, item }) => {
    if (anchor.in !== 'body') return article[anchor.in];
    return item === undefined ? article.body[block].text : article.body[block].items[item];
  };
  const pieces = [anchor, ...(anchor.continued ?? [])];
  return pieces.map((piece) => textOf(piece).slice(piece.start, piece.end)).join(' … ');
}

/** A statement in one line: its words, who said them, and through whom they came. */
export function line(article, statement) {
  const through = statement.attribution.slice(1).map((hop) => {
    return hop.as_named ?? (hop.speaker ?? hop.outlet)?.name ?? hop.anonymous.label;
  });
  const words = wordsOf(article, statement) ?? `${statement.quote} (not in the text)`;
  return [`“${words}”`, statement.speaker_label, ...through].join(' ← ');
}

/** What a sync cost, in one line. */
export function cost(traffic) {
  const count = (status) => traffic.filter((request) => request.status === status).length;
  const bytes = traffic.reduce((sum, request) => sum + request.bytes, 0);
  const parts = [`${count(200)} new`, `${count(304)} unchanged`, `${count(0)} without an answer`];
  return `${traffic.length} requests: ${parts.join(', ')}; ${bytes} bytes of bodies`;
}

async function main() {
  const origin = process.env.ISNAD_URL ?? 'http://127.0.0.1:8080';
  const answers = new KeptAnswers(origin, process.argv[2] ?? 'kept');
  const articles = await sync(answers);
  console.log(cost(answers.traffic));
  for (const { title, outlet, published_at } of articles) {
    console.log(`${published_at.slice(0, 10)}  ${title}  (${outlet.name})`);
  }
  const [opened] = articles;
  if (!opened) return;
  console.log(`\n${opened.title}`);
  for (const statement of opened.statements) console.log(`  ${line(opened, statement)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
