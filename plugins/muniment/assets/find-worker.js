/* Pagefind, asked from a worker: it cuts Chinese questions by the browser's dictionary where the page says that it is Chinese,
and our index has every pair of characters as a word (see concordance.py). Here it knows no page. */

const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`[${HAN}]+`, "gu");
const OVERLAP = new RegExp(`(?<![${HAN}])([${HAN}])[${HAN}] (?=[${HAN}])`, "gu");
const FULL = "\\u3000-\\u303f\\uff00-\\uffef"; // punctuation that brings its own space
const SPACED = new RegExp(`(?<=[${FULL}]) | (?=[${FULL}])`, "gu");
const SPACE = / ?\u204f ?/gu; // between Chinese characters that stood apart
// A name or title says more about a record than the hundredth word of its text.
const RANKING = { metaWeights: { names: 6, title: 2 }, termFrequency: 0.7, pageLength: 0.3 };

let engine;

/* The words of a question: Chinese in pairs, a single character as the beginning of one; a whole number, however it is spelt. */
function cut(question) {
  const number = question.normalize("NFKC").replace(/[\p{P}\s]+/gu, "");
  if (/^[a-z]{2,4}\d{4,}$/i.test(number)) return number.toLowerCase();
  const pairs = (run) => {
    const signs = [...run];
    return signs.length < 2 ? ` ${run} ` : ` ${signs.slice(1).map((sign, at) => signs[at] + sign).join(" ")} `;
  };
  return question.normalize("NFKC").toLowerCase().replace(RUN, pairs).split(/\s+/u).filter(Boolean).join(" ");
}

function joined(text) {
  return text.replace(OVERLAP, "$1").replace(SPACE, " ").replace(SPACED, "");
}

function load({ folder, version }) {
  engine ??= import(`${folder}pagefind.js?v=${version}`).then(async (pagefind) => {
    await pagefind.options({ basePath: folder, baseUrl: "/", noWorker: true, metaCacheTag: version, ranking: RANKING });
    await pagefind.init();
    return pagefind;
  });
  return engine;
}

const entries = new Map(); // what was found, by its id, for those who ask for its text

const answers = {
  async find({ question, isWhole, ...where }) {
    const pagefind = await load(where);
    const words = cut(question);
    const found = await pagefind.search(isWhole ? `"${words}"` : words || null); // no word: every record
    entries.clear();
    for (const result of found.results) entries.set(result.id, result);
    return found.results.map(({ id, score }) => [id, score]);
  },
  async texts({ ids }) {
    return Promise.all(
      ids.map(async (id) => {
        const { meta, content } = (await entries.get(id)?.data()) ?? { meta: { title: "" }, content: "" };
        return [meta.title, joined(content)];
      }),
    );
  },
};

self.addEventListener("message", async ({ data: { id, name, asked } }) => {
  try {
    self.postMessage({ id, answer: await answers[name](asked) });
  } catch (problem) {
    self.postMessage({ id, problem: String(problem) });
  }
});
