/* What makes pages handier where there is script; all of them say everything without it.

Buttons that copy and print. The revision in the footer. Whole numbers typed into the box at the top. What was looked for where
there is no page. Registers: registers.js. */
"use strict";

(() => {
  const chinese = document.documentElement.lang.startsWith("zh");
  const words = chinese
    ? {
        copied: "已复制",
        failed: "请手工复制",
        open: (number) => `打开编号 ${number}（回车）`,
        further: (asked) => `在检索页按条件查找「${asked}」`,
      }
    : {
        copied: "Copied",
        failed: "Please copy by hand",
        open: (number) => `Open number ${number} (Enter)`,
        further: (asked) => `Find “${asked}” with conditions`,
      };

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /* --------------------------------------------------------------- copying */

  /* Said to those who do not see the button change. It has to be there before it says something. */
  function listener() {
    const place = element("div", { className: "mu-hidden" });
    place.setAttribute("role", "status");
    return place;
  }

  const said = listener();

  /* What a page cannot know when it is built: where it is read, and when. */
  function filled(text) {
    const day = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return text
      .replaceAll("{url}", location.href.replace(/[?#].*$/, ""))
      .replaceAll("{day}", `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`);
  }

  /* A registry inside a company is often served without TLS, where browsers offer no clipboard but the old way. */
  async function write(text) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // Not allowed: the old way may be.
      }
    }
    const field = element("textarea", { value: text, className: "mu-hidden" });
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    return done;
  }

  async function copy(button) {
    const before = button.textContent;
    const text = filled(button.dataset.muCopy);
    const done = await write(text);
    button.textContent = done ? words.copied : words.failed;
    button.title = text;
    said.textContent = `${button.textContent}${chinese ? "：" : ": "}${text}`;
    setTimeout(() => {
      button.textContent = before;
      said.textContent = "";
    }, 1600);
  }

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-mu-copy]") : null;
    if (button && !button.dataset.busy) {
      button.dataset.busy = "1";
      copy(button).finally(() => setTimeout(() => delete button.dataset.busy, 1600));
    }
  });

  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("button[data-mu-print]")) window.print();
  });

  /* ---------------------------------------------------- revision in the footer */

  /* It is fetched, not written into every page: otherwise each commit would change every page of the site. */
  async function revision() {
    const place = document.querySelector("[data-mu-revision]");
    if (!place || !location.protocol.startsWith("http")) return;
    try {
      const response = await fetch(place.dataset.muRevision, { cache: "no-cache" });
      const { commit, date } = await response.json();
      place.replaceChildren(...(commit ? [element("code", { textContent: commit.slice(0, 10) }), " · "] : []), date);
    } catch {
      // The link that stands there leads to the same file.
    }
  }

  /* ------------------------------------------------------------- whole numbers */

  const config = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
  const root = new URL(`${(config.base ?? ".").replace(/\/$/, "")}/`, location.href);
  const home = chinese ? root : new URL("en/", root);

  /* A number as it is looked up: no blanks, hyphens or full-width signs, in capitals. */
  function plain(text) {
    return text.normalize("NFKC").replace(/[\p{P}\p{S}\s]+/gu, "").toUpperCase();
  }

  function isNumber(text) {
    return /^[A-Z]{2,4}\d{4,}$/.test(plain(text));
  }

  let numbers;

  function loadNumbers() {
    numbers ??= fetch(new URL("search/numbers.json", root))
      .then((response) => (response.ok ? response.json() : {}))
      .then(({ folders = {}, also = {} }) => {
        const found = new Map(Object.entries(also));
        for (const [folder, names] of Object.entries(folders))
          for (const name of names) found.set(plain(name), `${folder}${name}/`);
        return found;
      })
      .catch(() => new Map());
    return numbers;
  }

  /* The record that bears this number, or whose paper does: {number, href}. */
  async function find(text, from = home) {
    const key = plain(text);
    if (key.length > 40 || !/^(?=.*\d)[A-Z\d]+$/.test(key)) return undefined;
    const url = (await loadNumbers()).get(key);
    return url && { number: url.split("/").at(-2), href: new URL(url, from).href };
  }

  window.muniment = { find, isNumber };

  /* The box at the top: Enter after a whole number leads to its record, and a link leads on to the search page. */
  function header() {
    const box = document.querySelector(".md-search__input");
    const results = document.querySelector(".md-search-result");
    if (!box || !results || box.dataset.muReady) return;
    box.dataset.muReady = "";
    const text = element("span", {});
    text.dataset.mdScore = "-1"; // Material opens the link with the highest score on Enter
    const link = element("a", { className: "mu-search-more", hidden: true }, text);
    results.querySelector(".md-search-result__meta")?.after(link);
    box.addEventListener("focus", loadNumbers, { once: true });
    box.addEventListener("input", async () => {
      const asked = box.value.trim();
      const target = await find(asked);
      if (asked !== box.value.trim()) return;
      link.hidden = !asked;
      link.href = target?.href ?? new URL(`search/?find=${encodeURIComponent(asked)}`, home).href;
      text.textContent = target ? words.open(target.number) : words.further(asked);
    });
    // Before Material sees it: its own answer may still be on the way.
    document.addEventListener(
      "keydown",
      async (event) => {
        if (event.target !== box || event.key !== "Enter" || event.isComposing || !isNumber(box.value)) return;
        event.preventDefault();
        event.stopPropagation();
        const target = await find(box.value);
        location.assign(target?.href ?? new URL(`search/?find=${encodeURIComponent(box.value.trim())}`, home).href);
      },
      true,
    );
  }

  /* --------------------------------------------------------- page not found */

  /* What was asked for is most likely a record: its number stands somewhere in the address. */
  async function missing() {
    const place = document.querySelector("[data-mu-missing]");
    if (!place) return;
    const path = location.pathname.startsWith(root.pathname) ? location.pathname.slice(root.pathname.length) : location.pathname;
    const parts = decoded(path).split("/").filter(Boolean);
    const english = parts[0] === "en";
    const from = english ? new URL("en/", root) : root;
    if (english) document.documentElement.lang = "en";
    for (const part of document.querySelectorAll("[data-mu-lang]")) part.hidden = part.dataset.muLang !== (english ? "en" : "zh");
    const section = place.querySelector(`[data-mu-lang=${english ? "en" : "zh"}]`);
    let wanted = bare(parts.at(-1) ?? "");
    for (const part of parts.toReversed()) {
      const target = await find(bare(part), from);
      if (!target) continue;
      const link = section.querySelector("[data-mu-go] a");
      link.href = target.href;
      link.textContent = link.textContent.replace("…", target.number);
      link.closest("[hidden]").hidden = false;
      wanted = target.number;
      break;
    }
    section.querySelector("input").value = wanted;
    if (wanted) suggest(section, wanted, english ? "en" : "zh", from);
  }

  function bare(part) {
    return part.replace(/\.[a-z]+$/i, "");
  }

  function decoded(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }

  /* The first pages that the header's box would find. */
  function suggest(section, wanted, lang, from) {
    if (!config.search) return;
    const worker = new Worker(new URL(config.search.replace(/lang=\w+/, `lang=${lang}`), location.href));
    worker.addEventListener("message", ({ data: { type, data } }) => {
      if (type !== 3) return;
      worker.terminate();
      const found = data.items.slice(0, 5).map(([first]) => {
        const title = new DOMParser().parseFromString(first.title, "text/html").body.textContent;
        return element("li", {}, element("a", { href: new URL(first.location, root).href, textContent: title }));
      });
      if (!found.length) return;
      section.querySelector("[data-mu-found] ul").append(...found);
      section.querySelector("[data-mu-found]").hidden = false;
    });
    worker.postMessage({ type: 2, data: wanted });
  }

  /* The search page brings a script of its own, which no other page has to load. */
  function finding() {
    const place = document.querySelector("[data-mu-find]");
    if (place) document.head.append(element("script", { src: place.dataset.script }));
  }

  function start() {
    if (!said.isConnected) document.body.append(said);
    revision();
    header();
    finding();
    missing();
  }

  // Material publishes every page that it swaps in; without it (or before it) the first page is enough.
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
