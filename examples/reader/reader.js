// A reader for isnad: lists articles, opens one, marks its statements where they stand and draws who carried them.
//
// To run it beside `isnad serve --samples`:   python3 -m http.server --directory examples/reader 8000
// and open http://127.0.0.1:8000/ (another server: http://127.0.0.1:8000/?api=http://127.0.0.1:9090).
//
// From the top: what the page says, the cutting of a text into runs, the API, the DOM, the list, the article, the routes.

// What the page itself says, in the language of the article; its keys are the languages of the filter.
const WORDS = {
  en: {
    statements: "Who said what", statement: "Statement", back: "Back to the words of statement",
    direct: "Quoted", indirect: "Paraphrased", mixed: "Partly quoted",
    speaker: "Speaker", relay: "Relay", outlet: "Outlet", unnamed: "not named",
    moved: "The place is uncertain", orphaned: "No longer in the text", unanchored: "Not word for word in the text",
    corrected: "Corrected", also: "Also in", related: "Related", shared: "In common:", source: "Source", embed: "Embedded page",
  },
  ar: {
    statements: "من قال ماذا", statement: "القول", back: "عودة إلى نص القول",
    direct: "اقتباس", indirect: "نقل بالمعنى", mixed: "اقتباس جزئي",
    speaker: "القائل", relay: "الناقل", outlet: "الوسيلة", unnamed: "لم يُسمَّ",
    moved: "موضعه غير مؤكد", orphaned: "لم يعد في النص", unanchored: "ليس في النص بلفظه",
    corrected: "تصويب", also: "بلغة أخرى", related: "ذات صلة", shared: "المشترك:", source: "المصدر", embed: "صفحة مضمّنة",
  },
  fr: {
    statements: "Qui a dit quoi", statement: "Propos", back: "Retour au texte du propos",
    direct: "Cité", indirect: "Paraphrasé", mixed: "Cité en partie",
    speaker: "Auteur", relay: "Relais", outlet: "Média", unnamed: "non nommé",
    moved: "Emplacement incertain", orphaned: "N’est plus dans le texte", unanchored: "Pas mot pour mot dans le texte",
    corrected: "Rectifié", also: "Aussi en", related: "À lire aussi", shared: "En commun :", source: "Source", embed: "Page intégrée",
  },
};
const wordsOf = (language) => WORDS[language.split("-")[0]] ?? WORDS.en;

// ---- Texts, marks and anchors ----------------------------------------------------------------------------------------

/** The name of a text of the article: `title`, `summary`, `body/4`, or `body/4/2` for an item of a list. */
export function placeOf({ in: place = "body", block, item }) {
  return [place, block, item].filter((part) => part !== undefined).join("/");
}

/** Where a statement is to be marked: its anchor and the pieces that continue it; nowhere without a place that holds. */
export function piecesOf(statement) {
  const { anchor } = statement;
  if (!anchor || anchor.state === "orphaned") return [];
  const pieces = [anchor, ...(anchor.continued ?? [])];
  return pieces.map((piece, index) => ({
    place: placeOf(piece),
    start: piece.start,
    end: piece.end,
    statement,
    last: index === pieces.length - 1,
  }));
}

// What closes a quotation belongs before the number of its statement, not after it.
const CLOSING = /^(?:[\u00a0\u202f]?[\p{Pe}\p{Pf}\p{Pi}\p{Po}])*/u;

/**
 * Cuts a text wherever a mark or a piece begins or ends: `{text, marks, pieces, notes}`, in order. The texts, joined, are
 * the whole text. `marks` and `pieces` lie over all of the run; the numbers of the statements in `notes` follow it.
 * Offsets count UTF-16 code units, as JavaScript's strings do, so that `slice` needs no conversion.
 */
export function runs(text, marks = [], pieces = []) {
  const within = ({ start, end }) => 0 <= start && start < end && end <= text.length;
  marks = marks.filter(within);
  pieces = pieces.filter(within);
  const noteOf = ({ end }) => end + CLOSING.exec(text.slice(end))[0].length;

  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...marks, ...pieces]) cuts.add(start).add(end);
  for (const piece of pieces) if (piece.last) cuts.add(noteOf(piece));
  const places = [...cuts].sort((a, b) => a - b);

  return places.slice(1).map((end, index) => {
    const start = places[index];
    const over = (stretch) => stretch.start <= start && end <= stretch.end;
    return {
      text: text.slice(start, end),
      marks: marks.filter(over),
      pieces: pieces.filter(over),
      notes: pieces.filter((piece) => piece.last && noteOf(piece) === end),
    };
  });
}

// ---- The API ---------------------------------------------------------------------------------------------------------

const api = () => new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:8080";

/** The JSON at a path. What went wrong is an Error whose message is the problem's `detail`. */
async function read(path, query = {}, signal) {
  const address = new URL(path, api());
  address.search = new URLSearchParams(query);
  let response;
  try {
    response = await fetch(address, { signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error(`There is no answer from ${address.origin}. Is the server running?`);
  }
  const isJson = /^application\/(?:.+\+)?json\b/.test(response.headers.get("content-type") ?? "");
  const answer = isJson ? await response.json() : {};
  if (!response.ok) throw new Error(answer.detail ?? `${address.origin} answered ${response.status}.`);
  return answer;
}

// ---- The DOM ---------------------------------------------------------------------------------------------------------

/** An element. Strings become text nodes, so nothing that was read is ever parsed as markup; empty children are left out. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value != null && value !== false) made.setAttribute(key, value);
  made.append(...children.flat().filter((child) => child != null && child !== false && child !== ""));
  return made;
}

/** A name of whatever script, which may stand in a line of another direction. */
const bdi = (name) => element("bdi", {}, name);

/** `lang` and `dir` of a text, which decide font, quotation marks and layout. */
const written = ({ language, direction }) => ({ lang: language, dir: direction });

/** A link to a page outside, or its words alone when the address is not http or https. */
function outward(address, ...children) {
  const isWeb = URL.canParse(address) && ["http:", "https:"].includes(new URL(address).protocol);
  return isWeb ? element("a", { href: address, rel: "noopener noreferrer" }, ...children) : element("span", {}, ...children);
}

const hostOf = (address) => bdi(URL.canParse(address) ? new URL(address).host : address);
const listAddress = (query) => `#/articles?${new URLSearchParams(query)}`;
const articleAddress = (slug, statement) => `#/articles/${encodeURIComponent(slug)}${statement ? `?statement=${statement}` : ""}`;

function moment(at, language, precision = "day") {
  const year = { year: "numeric" };
  const month = { ...year, month: "long" };
  const day = { ...month, day: "numeric" };
  const minute = { ...day, hour: "numeric", minute: "2-digit", timeZoneName: "short" };
  const parts = { year, month, day, minute }[precision];
  const format = new Intl.DateTimeFormat(language, { ...parts, timeZone: "UTC", numberingSystem: "latn" });
  return element("time", { datetime: at }, format.format(new Date(at)));
}

/** Fills an element with a text: links and emphasis, its statements marked, and their numbers. */
function fill(parent, text, { place, marks, pieces = [], article }) {
  parent.dataset.place = place;
  let link, target = parent, notes = [];
  const flush = () => { parent.append(...notes); notes = []; };

  for (const run of runs(text, marks, pieces)) {
    // A link stays one element, however many statements begin or end within it; numbers, being links, follow it.
    const runLink = run.marks.find((mark) => mark.type === "link");
    if (runLink !== link || !link) {
      flush();
      link = runLink;
      target = link ? outward(link.url) : parent;
      if (link) parent.append(target);
    }
    target.append(styled(run, article));
    notes.push(...run.notes.map(({ statement }) => numberOf(statement, article)));
    if (!link) flush();
  }
  flush();
  return parent;
}

function styled({ text, marks, pieces }, article) {
  let node = document.createTextNode(text);
  if (marks.some((mark) => mark.type === "strong")) node = element("strong", {}, node);
  if (marks.some((mark) => mark.type === "emphasis")) node = element("em", {}, node);
  if (pieces.length === 0) return node;
  const statements = pieces.map((piece) => piece.statement);
  const foreign = statements.find(({ language }) => language !== article.language);
  return element("mark", {
    class: `${statements.at(-1).form}${statements.length > 1 ? " several" : ""}`,
    "data-statement": statements.map(({ id }) => id).join(" "),
    "data-moved": statements.some(({ anchor }) => anchor.state === "moved"),
    ...(foreign && written(foreign)),
  }, node);
}

/** The number after the words. It has no text, so that the text stays the text; the style sheet shows `data-number`. */
function numberOf(statement, article) {
  const number = statement.position + 1;
  return element("a", {
    class: "number",
    href: articleAddress(article.slug, statement.id),
    "data-statement": statement.id,
    "data-number": statement.anchor?.state === "moved" ? `${number}?` : number,
    "aria-label": `${wordsOf(article.language).statement} ${number}: ${statement.speaker_label}`,
  });
}

// ---- The list --------------------------------------------------------------------------------------------------------

/** The list. The query of the route is the query of the API, so every filter that the API has is one of the reader's. */
async function showList(query, signal) {
  const { data, page } = await read("/v1/articles", { limit: 6, ...query }, signal);
  const { cursor, limit, language, ...filters } = query;
  const turned = (cursor) => listAddress({ ...query, cursor });
  const all = listAddress(limit ? { limit } : {});

  return element("section", { class: "list" },
    element("header", {},
      element("h1", {}, "Articles"),
      element("nav", { class: "languages", "aria-label": "Language" },
        element("a", { href: all, "aria-current": !language && "true" }, "All"),
        Object.keys(WORDS).map((code) => {
          const name = new Intl.DisplayNames(code, { type: "language" }).of(code);
          return element("a", { href: listAddress({ ...filters, language: code }), lang: code, "aria-current": language === code && "true" }, name);
        })),
      Object.keys(filters).length > 0 && element("p", { class: "filters" },
        Object.entries(filters).map(([key, value]) => element("span", {}, `${key}: `, bdi(value))),
        element("a", { href: all }, "Show all"))),
    data.length === 0 && element("p", {}, "There is no such article."),
    element("ul", { class: "cards" }, data.map((article) => element("li", {}, cardOf(article)))),
    element("nav", { class: "pages", "aria-label": "Pages" },
      page.prev && element("a", { href: turned(page.prev), rel: "prev" }, "Newer"),
      page.next && element("a", { href: turned(page.next), rel: "next" }, "Older")));
}

function cardOf(article) {
  return element("article", { class: "card", ...written(article) },
    element("p", { class: "kicker" }, bdi(article.outlet.name), article.published_at && moment(article.published_at, article.language)),
    element("h2", {}, element("a", { href: articleAddress(article.slug) }, article.title)),
    element("p", {}, article.summary),
    article.statement_count > 0 && element("p", { class: "count" }, wordsOf(article.language).statements, bdi(String(article.statement_count))));
}

// ---- The article -----------------------------------------------------------------------------------------------------

async function showArticle(slug, signal) {
  const path = `/v1/articles/${encodeURIComponent(slug)}`;
  const [article, related] = await Promise.all([read(path, {}, signal), read(`${path}/related`, { limit: 4 }, signal)]);
  const words = wordsOf(article.language);
  const pieces = Map.groupBy(article.statements.flatMap(piecesOf), ({ place }) => place);
  const text = (parent, words, place, marks) => fill(parent, words, { place, marks, pieces: pieces.get(place), article });

  const view = element("article", { class: "article", ...written(article) },
    element("div", { class: "text" },
      element("header", {},
        element("p", { class: "kicker" }, bdi(article.outlet.name), article.published_at && moment(article.published_at, article.language)),
        text(element("h1"), article.title, "title"),
        article.summary && text(element("p", { class: "summary" }), article.summary, "summary"),
        element("p", { class: "byline" }, [...article.authors.map(({ name }) => name), article.dateline].filter(Boolean).map(bdi)),
        article.translations.length > 0 && element("p", { class: "byline" }, words.also,
          article.translations.map(({ slug, language }) => element("a", { href: articleAddress(slug), lang: language },
            bdi(new Intl.DisplayNames(language, { type: "language" }).of(language)))))),
      article.image && pictureOf(article.image),
      article.body.map((block, index) => blockOf(block, index, text, words)),
      element("footer", {},
        article.corrections.map(({ at, note }) => element("p", { class: "correction" },
          element("strong", {}, words.corrected), moment(at, article.language), element("span", {}, note))),
        article.source_url && element("p", {}, words.source, outward(article.source_url, hostOf(article.source_url))),
        element("ul", { class: "tags" }, article.tags.map(({ slug, name }) =>
          element("li", {}, element("a", { href: listAddress({ tag: slug }) }, bdi(name))))))),
    article.statements.length > 0 && element("aside", { "aria-label": words.statements },
      element("h2", {}, words.statements),
      element("ol", {}, article.statements.map((statement) => statementOf(statement, article, words)))),
    related.data.length > 0 && element("section", { class: "related" },
      element("h2", {}, words.related),
      element("ul", { class: "cards" }, related.data.map(({ article, shared }) => element("li", {},
        cardOf(article),
        element("p", { class: "shared" }, words.shared, [...shared.speakers, ...shared.tags].map(({ name }) => bdi(name))))))));

  light(view);
  // Beside the text, each statement stands level with its words; fonts and windows change where that is.
  new ResizeObserver(() => align(view)).observe(view.querySelector(".text"));
  return view;
}

function blockOf(block, index, text, words) {
  const place = placeOf({ block: index });
  switch (block.type) {
    // The headline is h1 and level 2 stands below it, as HTML counts them.
    case "heading": return text(element(`h${block.level}`), block.text, place);
    case "paragraph": return text(element("p"), block.text, place, block.marks);
    case "quote": return element("figure", { class: "quote" },
      element("blockquote", {}, text(element("p"), block.text, place)), block.caption && element("figcaption", {}, block.caption));
    case "list": return element(block.ordered ? "ol" : "ul", {},
      block.items.map((item, number) => text(element("li"), item, placeOf({ block: index, item: number }))));
    case "image": return pictureOf(block);
    case "embed": return element("figure", { class: "embed" },
      outward(block.url, words.embed, hostOf(block.url)), block.caption && element("figcaption", {}, block.caption));
  }
}

/** A picture, told by its words. An <img> would stand here, were the samples' hosts not invented like all the rest. */
function pictureOf({ url, alt, caption, credit }) {
  return element("figure", { class: "picture" },
    outward(url, element("span", {}, alt), hostOf(url)),
    (caption || credit) && element("figcaption", {}, caption, credit && element("small", {}, bdi(credit))));
}

function statementOf(statement, article, words) {
  const { id, position, form, quote, said_at: saidAt, said_precision: precision, anchor, note } = statement;
  const place = !anchor ? "unanchored" : anchor.state === "ok" ? null : anchor.state;
  const isMarked = piecesOf(statement).length > 0;
  const number = String(position + 1);
  return element("li", { class: "statement", id: `statement-${id}`, "data-statement": id, tabindex: -1 },
    element("p", { class: "form" },
      isMarked
        ? element("a", { class: "ordinal", href: articleAddress(article.slug), "data-words": id, "aria-label": `${words.back} ${number}` }, number)
        : element("span", { class: "ordinal" }, number),
      element("span", { class: form }, words[form]), saidAt && moment(saidAt, article.language, precision ?? "day")),
    // Only words that are theirs stand in quotation marks; the style sheet knows those of each language.
    element(form === "direct" ? "q" : "span", { class: "words", ...written(statement) }, quote),
    place && element("p", { class: "place" }, words[place]),
    note && element("p", { class: "place" }, note),
    element("ol", { class: "chain" }, statement.attribution.map((hop) => hopOf(hop, article, words))));
}

/** One link of the chain: as the article names it, then who that is, and the words that tell of the saying. */
function hopOf(hop, article, words) {
  const party = hop.speaker ?? hop.outlet;
  const name = party?.name ?? hop.anonymous.label;
  const printed = hop.as_named ?? name;
  const isSame = printed.toLowerCase() === name.toLowerCase();
  // Who said or carried this, elsewhere: the list of articles takes both as filters.
  const link = (shown) => party
    ? element("a", { href: listAddress(hop.role === "speaker" ? { speaker: party.slug } : { via: party.slug }) }, bdi(shown))
    : bdi(shown);
  return element("li", { class: `hop ${hop.role}${party ? "" : " unnamed"}` },
    element("span", { class: "role" }, words[hop.role], hop.anonymous && ` · ${words.unnamed} `,
      hop.anonymous?.count > 1 && bdi(`×${hop.anonymous.count}`)),
    element("span", { class: "party" }, isSame ? link(printed) : bdi(printed)),
    !isSame && element("span", { class: "record" }, link(name)),
    hop.cue && element("q", { class: "cue" }, hop.cue),
    hop.source_url && element("span", { class: "record" }, words.source, " ", outward(hop.source_url, hostOf(hop.source_url))));
}

/** Pointing at a statement, or reaching it with the keyboard, lights it wherever it is shown. */
function light(view) {
  const turn = (event, isLit) => {
    const ids = event.target.closest("[data-statement]")?.dataset.statement.split(" ") ?? [];
    for (const id of ids) for (const shown of view.querySelectorAll(`[data-statement~="${id}"]`)) shown.classList.toggle("lit", isLit);
  };
  for (const type of ["pointerover", "focusin"]) view.addEventListener(type, (event) => turn(event, true));
  for (const type of ["pointerout", "focusout"]) view.addEventListener(type, (event) => turn(event, false));

  view.addEventListener("click", (event) => {
    const back = event.target.closest("[data-words]");
    const mark = event.target.closest("mark");
    if (back) {
      event.preventDefault();
      view.querySelector(`.number[data-statement="${back.dataset.words}"]`).focus();
    } else if (mark && !event.target.closest("a") && getSelection().isCollapsed) {
      view.querySelector(`#statement-${mark.dataset.statement.split(" ").at(-1)}`).focus();
    } else if (event.target.closest(".number")) {
      // Also when the address is already this one and the route does not change.
      view.querySelector(`#statement-${event.target.closest(".number").dataset.statement}`).focus();
    }
  });
}

/** Lowers each statement to the height of its words, below the one before it. The style sheet uses it where there is a margin. */
function align(view) {
  const statements = [...view.querySelectorAll(".statement")];
  for (const statement of statements) statement.style.removeProperty("--lower");
  for (const statement of statements) {
    const words = view.querySelector(`mark[data-statement~="${statement.dataset.statement}"]`);
    if (!words) continue;
    const lower = words.getBoundingClientRect().top - statement.getBoundingClientRect().top;
    statement.style.setProperty("--lower", `${Math.max(0, lower)}px`);
  }
}

// ---- The routes ------------------------------------------------------------------------------------------------------

let reading = new AbortController();
let shown;

/** `#/articles?language=ar`, `#/articles/{slug}`, `#/articles/{slug}?statement={id}`: what the address says is shown. */
async function route() {
  const main = document.querySelector("main");
  const [path, search] = location.hash.replace(/^#\/?/, "").split("?");
  const [, slug] = path.split("/");
  const query = Object.fromEntries(new URLSearchParams(search));

  // Another statement of the article that is shown needs no reading.
  if (!slug || slug !== shown) {
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    main.ariaBusy = "true";
    shown = undefined;
    try {
      main.replaceChildren(slug ? await showArticle(decodeURIComponent(slug), signal) : await showList(query, signal));
      shown = slug;
    } catch (error) {
      if (signal.aborted) return;
      main.replaceChildren(problemOf(error));
    }
    main.ariaBusy = "false";
    document.title = `${main.querySelector("h1").textContent} · isnad reader`;
    scrollTo(0, 0);
  }
  if (query.statement) main.querySelector(`#statement-${CSS.escape(query.statement)}`)?.focus();
}

const problemOf = (error) => element("section", { class: "problem", role: "alert" },
  element("h1", {}, "That did not work"),
  element("p", { dir: "auto" }, error.message),
  element("a", { href: "#/articles" }, "All articles"));

// The functions at the top can be imported where there is no page.
if (globalThis.document) {
  addEventListener("hashchange", route);
  route();
}
