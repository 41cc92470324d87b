/* The search behind the header's box: a worker that speaks the language of Material's own, but finds parts of words.

Lunr cuts text into words, and Chinese has no spaces to cut at, so a two-character word from the middle of a sentence
is not found. Here every term of the query has to stand somewhere in the title or text, as it is written. The entries
are fetched at the first question, not on every page. */
"use strict";

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const MOST = 300;
const BEFORE = 24;
const SHOWN = 140;
const ASIDE = 0.6; // rules, the handbook and blank forms come after records that fit as well
const lang = new URLSearchParams(self.location.search).get("lang") === "en" ? "en" : "zh";

let loading;

function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

function load() {
  loading ??= fetch(new URL(`../../search/${lang}.json`, self.location))
    .then((response) => (response.ok ? response.json() : []))
    .then((rows) =>
      rows.map(([location, title, text]) => ({
        location,
        title,
        text,
        head: fold(title),
        body: fold(text),
        weight: /^(en\/)?(rules\/|handbook\/|registers\/.*\/form\/)/.test(location) ? ASIDE : 1,
      })),
    )
    .catch(() => []);
  return loading;
}

function isWordAt(text, at, length) {
  const letter = /[\p{L}\p{N}]/u;
  return !letter.test(text[at - 1] ?? " ") && !letter.test(text[at + length] ?? " ");
}

/* How well one term fits one entry; 0 where it is nowhere in it. */
function weigh(entry, term) {
  const inHead = entry.head.indexOf(term);
  const inBody = entry.body.indexOf(term);
  if (inHead < 0 && inBody < 0) return 0;
  let score = 0;
  if (inHead >= 0) {
    score += entry.head === term ? 400 : inHead === 0 ? 120 : 60;
    score += isWordAt(entry.head, inHead, term.length) ? 60 : 0;
    score += (20 * term.length) / entry.head.length;
  }
  if (inBody >= 0) {
    score += 10 + 10 / (1 + inBody / 40);
    score += inBody === 0 ? 40 : 0;
    score += isWordAt(entry.body, inBody, term.length) ? 10 : 0;
  }
  return score;
}

function find(entries, terms) {
  const hits = [];
  for (const entry of entries) {
    let score = 0;
    for (const term of terms) {
      const weight = weigh(entry, term);
      if (!weight) {
        score = 0;
        break;
      }
      score += weight;
    }
    if (score) hits.push({ entry, score: score * entry.weight });
  }
  return hits;
}

/* Where nothing holds the whole query: entries that hold at least half of its pairs of characters. */
function findPairs(entries, terms) {
  const pairs = new Set();
  for (const term of terms)
    for (const run of term.match(/\p{Script=Han}{3,}/gu) ?? [])
      for (let at = 0; at + 2 <= run.length; at++) pairs.add(run.slice(at, at + 2));
  const hits = [];
  if (pairs.size)
    for (const entry of entries) {
      const found = [...pairs].filter((pair) => entry.head.includes(pair) || entry.body.includes(pair));
      if (found.length * 2 >= pairs.size)
        hits.push({ entry, score: found.reduce((sum, pair) => sum + weigh(entry, pair), 0) / pairs.size });
    }
  return [hits, [...pairs]];
}

function escape(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function mark(text, terms) {
  const folded = fold(text);
  // Folding may change the length (ligatures, full-width signs); then the places do not fit and nothing is marked.
  if (folded.length !== text.length) return escape(text);
  const spots = [];
  for (const term of terms)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
      spots.push([at, at + term.length]);
  spots.sort(([a], [b]) => a - b);
  let html = "";
  let done = 0;
  for (const [from, until] of spots) {
    if (until <= done) continue;
    const start = Math.max(from, done);
    html += `${escape(text.slice(done, start))}<mark>${escape(text.slice(start, until))}</mark>`;
    done = until;
  }
  return html + escape(text.slice(done));
}

function teaser(entry, terms) {
  const places = terms.map((term) => entry.body.indexOf(term)).filter((at) => at >= 0);
  const from = places.length ? Math.max(0, Math.min(...places) - BEFORE) : 0;
  const piece = entry.text.slice(from, from + SHOWN);
  return (from ? "…" : "") + mark(piece, terms) + (from + SHOWN < entry.text.length ? "…" : "");
}

function item({ entry, score }, terms) {
  return {
    location: entry.location,
    title: mark(entry.title, terms),
    text: teaser(entry, terms),
    score,
    terms: Object.fromEntries(terms.map((term) => [term, true])),
  };
}

/* Sections of one page stand together below it, as Material shows them. */
function grouped(hits, terms, entries) {
  const groups = new Map();
  for (const hit of hits) {
    const page = hit.entry.location.split("#")[0];
    groups.set(page, [...(groups.get(page) ?? []), item(hit, terms)]);
  }
  for (const [page, items] of groups)
    if (!items.some(({ location }) => location === page)) {
      const entry = entries.find(({ location }) => location === page);
      if (entry) items.push(item({ entry, score: 0 }, terms));
    }
  return [...groups.values()];
}

/* A whole number, however it is spelt, is one term. */
function split(query) {
  const number = fold(query).replace(/[\p{P}\s]+/gu, "");
  return /^[a-z]{2}\d{4,}$/.test(number) ? [number] : fold(query).split(/[\s"“”]+/u).filter(Boolean);
}

async function answer(query) {
  let terms = split(query);
  if (!terms.length) return { items: [] };
  const entries = await load();
  let hits = find(entries, terms);
  if (!hits.length) {
    const [near, pairs] = findPairs(entries, terms);
    hits = near;
    terms = pairs;
  }
  hits.sort((a, b) => b.score - a.score || a.entry.location.localeCompare(b.entry.location));
  return { items: grouped(hits.slice(0, MOST), terms, entries) };
}

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) self.postMessage({ type: READY });
  else if (type === QUERY) self.postMessage({ type: RESULT, data: await answer(data) });
});
