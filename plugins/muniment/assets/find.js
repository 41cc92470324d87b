/* The search page: what is asked, what it is narrowed to, what is found, all of it in the address.

The words are looked up by Pagefind in a worker (find-worker.js), or, where a site has no such index, by the search of the
header's box (search.js). By what the finds are narrowed is known here for every record, so counts cost no question. */
"use strict";

(() => {
  const place = document.querySelector("[data-mu-find]");
  if (!place) return;
  const chinese = document.documentElement.lang.startsWith("zh");
  const words = chinese
    ? {
        found: (n) => (n ? `找到 ${n} 条` : "没有找到符合的记录"),
        hint: "可减少条件、换一个更短的词，或勾选「包括已废止、已销毁的记录」。",
        also: (n) => `另有 ${n} 条已废止或已销毁的记录符合。`,
        show: "一并显示",
        go: "打开编号",
        unknown: (number) => `没有编号为 ${number} 的记录，或这条记录您无权查看。`,
        chosen: (n) => `已选 ${n} 项`,
        all: (n) => `全部 ${n} 项`,
        few: "收起",
        failed: "检索数据未能加载，请刷新页面再试；也可从登记簿查找。",
      }
    : {
        found: (n) => (n === 1 ? "1 record found" : n ? `${n} records found` : "No record fits"),
        hint: "Try fewer conditions, a shorter word, or retired records as well.",
        also: (n) => `${n} more that ${n === 1 ? "is" : "are"} retired or destroyed.`,
        show: "Show them",
        go: "Open number",
        unknown: (number) => `There is no record with the number ${number}, or it is not for this audience.`,
        chosen: (n) => `${n} chosen`,
        all: (n) => `All ${n}`,
        few: "Fewer",
        failed: "The index could not be loaded. Reload the page, or look in the registers.",
      };
  const STEP = 20;
  const MOST = 8; // options of a facet before the rest is folded away
  const BEFORE = 30;
  const SHOWN = 110;
  const root = new URL(place.dataset.muFind || "./", location.href);
  const home = chinese ? root : new URL("en/", root);
  const pick = (name) => place.querySelector(name);
  const form = pick("form");
  const box = form.elements.find;
  const ended = form.elements.ended;
  const order = pick("[name=order]");
  const list = pick(".mu-find__list");
  const collator = new Intl.Collator(chinese ? "zh-Hans-CN" : "en", { numeric: true });

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function fold(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  async function json(name) {
    const response = await fetch(new URL(`search/${name}.json`, root));
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }

  /* ------------------------------------------------------------- what is known of every record */

  let known;

  function load() {
    known ??= Promise.all([json("facets"), json("index")]).then(([{ facets, rows }, { made_of: version, numbers }]) => {
      const names = Object.keys(facets);
      const records = rows.map(([number, url, isEnded, date, ...places]) => ({
        number,
        url,
        isEnded: Boolean(isEnded),
        date,
        values: Object.fromEntries(names.map((name, at) => [name, facets[name][places[at]] ?? ""])),
      }));
      const byNumber = new Map(records.map((record) => [record.number, record]));
      for (const [id, number] of Object.entries(numbers)) if (byNumber.has(number)) byNumber.get(number).id = id;
      const byId = new Map(records.map((record) => [record.id, record]));
      const byUrl = new Map(records.map((record) => [record.url, record]));
      pick(".mu-find__poor").hidden = Boolean(version);
      return { records, byId, byUrl, version, engine: version ? new Words(version) : new Titles() };
    });
    return known;
  }

  /* ------------------------------------------------------------- engines */

  /* Every word of every record. */
  class Words {
    constructor(version) {
      this.version = version.slice(0, 16);
      this.worker = new Worker(new URL(place.dataset.words, location.href), { type: "module" });
      this.waiting = new Map();
      this.worker.addEventListener("message", ({ data: { id, answer, problem } }) => {
        const [done, fail] = this.waiting.get(id) ?? [];
        this.waiting.delete(id);
        if (problem) fail?.(new Error(problem));
        else done?.(answer);
      });
      this.worker.addEventListener("error", () => {
        for (const [, fail] of this.waiting.values()) fail(new Error("worker"));
        this.waiting.clear();
      });
    }

    ask(name, asked) {
      const id = (this.last = (this.last ?? 0) + 1);
      return new Promise((done, fail) => {
        this.waiting.set(id, [done, fail]);
        this.worker.postMessage({ id, name, asked });
      });
    }

    async find(question) {
      const { byId, records } = await load();
      const folder = new URL("search/pagefind/", root).href;
      // Pagefind offers what begins alike where it knows no such word, which for a number is another record.
      const number = plainNumber(question);
      const isWhole = number && !records.some((record) => record.number.startsWith(number) && record.number !== number);
      const found = await this.ask("find", { question, isWhole, folder, version: this.version });
      return found.flatMap(([id, score]) => (byId.has(id) ? [{ record: byId.get(id), score }] : []));
    }

    async texts(hits) {
      return this.ask("texts", { ids: hits.map(({ record }) => record.id) });
    }
  }

  /* Titles and first sentences, as the header's box finds them. */
  class Titles {
    constructor() {
      const url = new URL(`${place.dataset.titles}?lang=${chinese ? "zh" : "en"}`, location.href);
      this.worker = new Worker(url);
      this.told = new Map();
    }

    ask(question) {
      return new Promise((done) => {
        this.worker.onmessage = ({ data: { type, data } }) => type === 3 && done(data.items.map((group) => group[0]));
        this.worker.postMessage({ type: 2, data: question });
      });
    }

    async find(question) {
      const { records, byUrl } = await load();
      this.told.clear();
      if (!question) return records.map((record) => ({ record, score: 0 }));
      const found = [];
      for (const { location: at, title, text, score } of await this.ask(question)) {
        const record = byUrl.get(at.replace(/^en\//, ""));
        if (!record) continue;
        this.told.set(record, [plain(title), plain(text)]);
        found.push({ record, score });
      }
      return found;
    }

    async texts(hits) {
      return hits.map(({ record }) => this.told.get(record) ?? ["", ""]);
    }
  }

  /* The number, if the question is one from beginning to end. */
  function plainNumber(question) {
    return window.muniment?.isNumber(question) ? question.normalize("NFKC").replace(/[\p{P}\s]+/gu, "").toUpperCase() : "";
  }

  function plain(html) {
    return new DOMParser().parseFromString(html, "text/html").body.textContent;
  }

  /* ------------------------------------------------------------- facets */

  class Facet {
    constructor(fieldset) {
      this.name = fieldset.dataset.facet;
      this.fieldset = fieldset;
      this.options = [...fieldset.querySelectorAll("label")].map((label) => ({
        label,
        input: label.querySelector("input"),
        n: Number(label.dataset.count),
        count: label.querySelector("output"),
        title: label.querySelector("span").textContent,
      }));
      this.titles = new Map(this.options.map(({ input, title }) => [input.value, title]));
      this.fold = fieldset.querySelector("button");
      this.fold?.addEventListener("click", () => {
        this.isWhole = !this.isWhole;
        this.show();
      });
    }

    get chosen() {
      return this.options.filter(({ input }) => input.checked).map(({ input }) => input.value);
    }

    fits(record) {
      const chosen = this.chosen;
      return !chosen.length || chosen.includes(record.values[this.name]);
    }

    /* How many of these records have each value; what none of them has is put away, unless it is chosen. */
    tell(records) {
      const counts = new Map();
      for (const record of records) counts.set(record.values[this.name], (counts.get(record.values[this.name]) ?? 0) + 1);
      for (const option of this.options) {
        option.n = counts.get(option.input.value) ?? 0;
        option.count.textContent = option.n;
      }
      this.show();
    }

    show() {
      const there = this.options.filter(({ input, n }) => n || input.checked);
      const shown = this.fold && !this.isWhole ? there.filter(({ input }, at) => at < MOST || input.checked) : there;
      for (const option of this.options) option.label.hidden = !shown.includes(option);
      this.fieldset.hidden = !there.length;
      if (!this.fold) return;
      this.fold.hidden = there.length <= MOST + 1;
      this.fold.ariaExpanded = String(Boolean(this.isWhole));
      this.fold.textContent = this.isWhole ? words.few : words.all(there.length);
      if (this.fold.hidden) for (const option of there) option.label.hidden = false;
    }
  }

  const facets = [...place.querySelectorAll("[data-facet]")].map((fieldset) => new Facet(fieldset));
  const title = (name, value) => facets.find((facet) => facet.name === name)?.titles.get(value) ?? value;

  /* ------------------------------------------------------------- what was found */

  let hits = [];
  let shown = 0;
  let turn = 0;

  async function show() {
    const mine = ++turn;
    const question = box.value.trim();
    const isAsked = question || facets.some((facet) => facet.chosen.length);
    const { engine } = await load();
    const all = await engine.find(question);
    if (mine !== turn) return;
    const live = all.filter(({ record }) => ended.checked || !record.isEnded);
    for (const facet of facets) {
      const others = facets.filter((other) => other !== facet);
      facet.tell(live.filter(({ record }) => others.every((other) => other.fits(record))).map(({ record }) => record));
    }
    const fits = ({ record }) => facets.every((facet) => facet.fits(record));
    hits = isAsked ? sorted(live.filter(fits)) : [];
    const hidden = isAsked && !ended.checked ? all.filter((hit) => hit.record.isEnded && fits(hit)).length : 0;
    pick(".mu-find__count").replaceChildren(...told(isAsked, hidden));
    pick(".mu-find__help").hidden = Boolean(isAsked);
    pick(".mu-find__head").hidden = !isAsked;
    order.closest("label").hidden = hits.length < 2;
    pick(".mu-find__chosen").textContent = chosenText();
    shown = 0;
    list.replaceChildren();
    await more(STEP, mine);
    await go(question, mine);
    if (mine === turn) list.ariaBusy = "false";
  }

  function chosenText() {
    const count = facets.reduce((sum, facet) => sum + facet.chosen.length, 0) + Number(ended.checked);
    return count ? words.chosen(count) : "";
  }

  function told(isAsked, hidden) {
    if (!isAsked) return [];
    const said = [words.found(hits.length)];
    if (hidden) {
      const button = element("button", { type: "button", className: "mu-find__also", textContent: words.show });
      button.addEventListener("click", () => {
        ended.checked = true;
        changed();
        box.focus();
      });
      said.push(chinese ? "。" : ". ", words.also(hidden), " ", button);
    } else if (!hits.length) said.push(chinese ? "。" : ". ", words.hint);
    return said;
  }

  function sorted(found) {
    const by = {
      "": (a, b) => b.score - a.score || newest(a, b),
      date: newest,
      number: (a, b) => collator.compare(a.record.number, b.record.number),
    };
    return found.sort(by[order.value] ?? by[""]);
  }

  function newest(a, b) {
    return b.record.date.localeCompare(a.record.date) || collator.compare(a.record.number, b.record.number);
  }

  async function more(count = STEP, mine = turn) {
    const next = hits.slice(shown, shown + count);
    const question = box.value.trim();
    const { engine } = await load();
    const texts = next.length ? await engine.texts(next) : [];
    if (mine !== turn) return null;
    const told = next.map((hit, at) => ({ record: hit.record, text: texts[at], isIt: isNamed(hit.record, texts[at][0], question) }));
    if (!order.value) told.sort((a, b) => b.isIt - a.isIt);
    const items = told.map(({ record, text }) => item(record, text, question));
    list.append(...items);
    shown += next.length;
    pick(".mu-find__more").hidden = shown >= hits.length;
    return items[0];
  }

  /* Whether a record is called exactly what was asked for: a person before all that the person wrote. */
  function isNamed(record, name, question) {
    const wanted = fold(question).replace(/\s+/gu, "");
    return [record.number, name, name.replace(`${record.number} `, "")].some((each) => fold(each).replace(/\s+/gu, "") === wanted);
  }

  function item(record, [name, text], question) {
    const terms = fold(question).split(/\s+/u).filter(Boolean);
    const link = element("a", { href: new URL(record.url, home).href });
    const { type, state, level, department } = record.values;
    link.append(element("span", { className: "mu-number" }, ...marked(record.number, terms)));
    if (name && name !== record.number) {
      const own = name.startsWith(`${record.number} `) ? name.slice(record.number.length + 1) : name;
      link.append(" ", ...marked(own, terms));
    }
    const badge = (kind, value) =>
      element("span", { className: `mu-badge mu-${kind}--${value}`, textContent: title(kind, value) });
    const facts = [title("type", type), department && title("department", department), record.date].filter(Boolean);
    const about = element("p", { className: "mu-find__about" }, facts.join(" · "), " ");
    if (state) about.append(badge("state", state), " ");
    if (level) about.append(badge("level", level));
    const said = element("li", { className: "mu-find__item" }, element("h2", {}, link), about);
    const piece = excerpt(text, terms);
    if (piece.length) said.append(element("p", { className: "mu-find__text" }, ...piece));
    if (!chinese) for (const part of said.querySelectorAll("h2, .mu-find__text")) part.lang = spoken(part.textContent);
    return said;
  }

  function spoken(text) {
    return /\p{Script=Han}/u.test(text) ? "zh-CN" : "en";
  }

  function excerpt(text, terms) {
    const folded = fold(text);
    const places = terms.map((term) => folded.indexOf(term)).filter((at) => at >= 0);
    const from = places.length ? Math.max(0, Math.min(...places) - BEFORE) : 0;
    const piece = text.slice(from, from + SHOWN).trim();
    if (!piece) return [];
    return [from ? "…" : "", ...marked(piece, terms), from + SHOWN < text.length ? "…" : ""];
  }

  function marked(text, terms) {
    const folded = fold(text);
    // Folding may change the length (ligatures, full-width signs); then the places do not fit and nothing is marked.
    if (folded.length !== text.length) return [text];
    const spots = [];
    for (const term of terms)
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
        spots.push([at, at + term.length]);
    spots.sort(([a], [b]) => a - b);
    const parts = [];
    let done = 0;
    for (const [from, until] of spots) {
      if (until <= done) continue;
      const start = Math.max(from, done);
      parts.push(text.slice(done, start), element("mark", { textContent: text.slice(start, until) }));
      done = until;
    }
    return [...parts, text.slice(done)].filter((part) => part !== "");
  }

  /* ------------------------------------------------------------- whole numbers */

  async function go(question, mine) {
    const target = await window.muniment?.find(question);
    if (mine !== turn) return;
    const said = [];
    if (target)
      said.push(element("a", { className: "mu-button mu-button--main", href: target.href }, `${words.go} ${target.number}`));
    else if (window.muniment?.isNumber(question) && !hits.length)
      said.push(element("p", {}, words.unknown(plainNumber(question))));
    pick(".mu-find__go").replaceChildren(...said);
  }

  /* ------------------------------------------------------------- the address */

  function read() {
    const given = new URLSearchParams(location.search);
    box.value = given.get("find") ?? "";
    ended.checked = given.get("ended") === "1";
    order.value = given.get("order") ?? "";
    if (order.selectedIndex < 0) order.value = "";
    for (const facet of facets) {
      const wanted = given.getAll(facet.name);
      for (const { input } of facet.options) input.checked = wanted.includes(input.value);
    }
  }

  function write() {
    const given = new URLSearchParams();
    if (box.value.trim()) given.set("find", box.value.trim());
    if (ended.checked) given.set("ended", "1");
    if (order.value) given.set("order", order.value);
    for (const facet of facets) for (const value of facet.chosen) given.append(facet.name, value);
    const search = given.toString();
    history.replaceState(history.state, "", `${location.pathname}${search ? `?${search}` : ""}${location.hash}`);
  }

  function failed() {
    list.ariaBusy = "false";
    pick(".mu-find__count").textContent = words.failed;
    pick(".mu-find__head").hidden = false;
    order.closest("label").hidden = true;
  }

  function changed() {
    list.ariaBusy = "true";
    write();
    show().catch(failed);
  }

  let timer;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    list.ariaBusy = "true";
    timer = setTimeout(changed, 150);
  });
  form.addEventListener("change", ({ target }) => {
    if (target !== box) changed();
  });
  order.addEventListener("change", changed);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const target = await window.muniment?.find(box.value);
    if (target) location.assign(target.href);
    else changed();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const input of form.querySelectorAll("input[type=checkbox]")) input.checked = false;
    box.value = "";
    changed();
    box.focus();
  });
  pick(".mu-find__more button").addEventListener("click", async () => (await more())?.querySelector("a").focus());
  window.addEventListener("popstate", () => {
    read();
    show().catch(failed);
  });

  // Beside the results there is room for the conditions; below a phone's keyboard there is none.
  if (window.matchMedia("(min-width: 60em)").matches) pick("details").open = true;
  read();
  show().catch(failed);
})();
