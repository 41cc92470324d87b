/* Registers: sort, filter, choose, put columns away, keep it all in the address, take out or print what is left.

A page without script shows every row that it has. With it, rows that do not fit leave the table, and of those that fit the
first ones are put in at once: laying out a table costs by the row, and whoever filters wants to see the top of it. The rest
comes when it is scrolled to, when somebody asks for it, and before printing. A register that is spread over several pages
fetches the rows of all of them as soon as somebody turns to its tools. */
"use strict";

(() => {
  const FIRST = 60; // two screens of rows
  const PORTION = 200;
  const MOST_CHOICES = 400;
  const EMPTY = "\u0000";
  const NOTHING = "-"; // in the address: no column is put away
  const PAUSE = 300; // browsers refuse to note every letter in the address
  const chinese = document.documentElement.lang.startsWith("zh");
  const words = chinese
    ? {
        find: "筛选",
        day: "有效日期",
        hint: "编号、名称或任意文字",
        all: "全部",
        columns: "列",
        save: "导出筛选结果",
        rows: (fit, total) => (fit === total ? `共 ${total} 条` : `${fit} / ${total} 条`),
        first: (shown, total) => `最新 ${shown} 条，共 ${total} 条`,
        loading: (total) => `正在读取全部 ${total} 条……`,
        failed: (total) => `未能读取全部 ${total} 条，只筛选了本页`,
        none: "没有符合条件的记录。",
        clear: "清除条件",
        shown: (shown, fit) => `已显示前 ${shown} 条，共 ${fit} 条。`,
        more: "继续显示",
        everything: "全部显示",
        whole: (total) => `在全部 ${total} 条中筛选`,
        empty: "（空）",
        contains: (text) => `含“${text}”`,
        is: (title, text) => `${title}为“${text}”`,
        sorted: (title, down) => `按${title}${down ? "降序" : "升序"}`,
        comma: "；",
        conditions: (text) => `筛选条件：${text}。`,
      }
    : {
        find: "Filter",
        day: "In force on",
        hint: "number, name or any text",
        all: "all",
        columns: "Columns",
        save: "Save what is listed",
        rows: (fit, total) => (fit === total ? `${total} rows` : `${fit} of ${total} rows`),
        first: (shown, total) => `the newest ${shown} of ${total} rows`,
        loading: (total) => `Loading all ${total} rows …`,
        failed: (total) => `Could not load all ${total} rows; only this page is filtered`,
        none: "No record fits these conditions.",
        clear: "Clear conditions",
        shown: (shown, fit) => `The first ${shown} of ${fit} are shown.`,
        more: "Show more",
        everything: "Show all",
        whole: (total) => `Filter all ${total} rows`,
        empty: "(empty)",
        contains: (text) => `containing “${text}”`,
        is: (title, text) => `${title} is “${text}”`,
        sorted: (title, down) => `by ${title}, ${down ? "descending" : "ascending"}`,
        comma: "; ",
        conditions: (text) => `Conditions: ${text}.`,
      };
  const collator = new Intl.Collator(chinese ? "zh-Hans-CN" : "en", { numeric: true });

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function button(text, press, className = "mu-button") {
    const made = element("button", { type: "button", className, textContent: text });
    made.addEventListener("click", press);
    return made;
  }

  /* Full-width letters and digits are the same as half-width ones, capitals the same as small letters. */
  function fold(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function textOf(cell) {
    return cell ? cell.textContent.trim() : "";
  }

  /* The number comes from the cell, or the name would not say which record is meant. */
  function saved(cell) {
    const named = cell.querySelector("a[title]");
    return cell.dataset.sort ?? (named ? `${named.title} ${textOf(cell)}` : textOf(cell));
  }

  class Register {
    constructor(table, prefix) {
      this.table = table;
      this.prefix = prefix;
      this.body = table.tBodies[0];
      this.own = [...this.body.rows];
      this.heads = [...table.tHead.rows[0].cells];
      this.titles = this.heads.map(textOf);
      this.total = Number(table.dataset.total ?? this.own.length);
      this.parts = table.dataset.parts?.split(" ");
      this.aside = new Set(this.heads.flatMap((head, index) => ("aside" in head.dataset ? [index] : [])));
      this.sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
      this.take(this.own);
      this.build();
      this.listen();
      this.read();
      this.arrange();
      if (this.isTouched()) this.show();
      else this.tell();
    }

    name(index) {
      return this.heads[index].dataset.name ?? `c${index + 1}`;
    }

    /* The rows to filter; what is known of them is found out when it is first asked for. */
    take(rows) {
      this.rows = rows;
      this.found = rows;
      this.texts = null;
      this.values = new Map();
      this.orders = new Map();
    }

    /* -------------------------------------------------------------- tools */

    build() {
      this.search = element("input", { type: "search", placeholder: words.hint });
      this.tools = element(
        "form",
        { className: "mu-tools", ariaLabel: words.find, onsubmit: (event) => event.preventDefault() },
        element("label", { className: "mu-tools__find" }, words.find, this.search),
      );
      if (this.table.dataset.from) this.addDay();
      this.facets = [];
      this.heads.forEach((head, index) => {
        if ("years" in head.dataset) this.addYears(head, index);
        if ("facet" in head.dataset)
          this.addFacet(this.name(index), this.titles[index], head.dataset.facet, (row) => textOf(row.cells[index]));
        if (!("unsorted" in head.dataset)) this.addSort(head, index);
      });
      if (this.heads.length > 4) this.addColumns();
      this.tools.append(button(words.save, () => this.save(), "mu-button mu-tools__save"));
      this.count = element("output");
      this.tools.append(this.count);
      if (this.table.dataset.whole) this.addWhole();
      this.none = element("p", { className: "mu-tools__none", hidden: true }, words.none, " ");
      this.none.append(button(words.clear, () => this.reset()));
      this.addRest();
      this.conditions = element("p", { className: "mu-print-only mu-register__conditions" });
      const place = this.table.closest(".mu-scroll") ?? this.table;
      place.before(this.tools, this.conditions);
      place.after(this.none, this.rest);
    }

    /* Rows that hold from a day up to another: which of them held on the day that is asked for? */
    addDay() {
      const { from, until } = this.table.dataset;
      const at = (name) => this.heads.findIndex((_, index) => this.name(index) === name);
      this.period = [at(from), at(until)];
      this.day = element("input", { type: "date" });
      this.day.addEventListener("input", () => this.changed());
      this.tools.append(element("label", {}, words.day, this.day));
    }

    holds(row) {
      const [from, until] = this.period.map((index) => textOf(row.cells[index]));
      return from <= this.day.value && (!until || this.day.value < until);
    }

    addYears(head, index) {
      if (this.heads.some((_, other) => this.name(other) === "year")) return;
      const year = (row) => /[A-Z]+(\d{4})\d{3,}$/.exec(textOf(row.cells[index]))?.[1] ?? "";
      this.addFacet("year", head.dataset.years, head.dataset.counts, year, true);
    }

    addFacet(name, title, counted, valueOf, down = false) {
      const facet = { name, title, valueOf };
      const counts = new Map(counted ? JSON.parse(counted) : []);
      if (!counted) for (const value of this.valuesOf(facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
      if (counts.size < 2 || counts.size > MOST_CHOICES) return;
      const names = [...counts.keys()].sort(collator.compare);
      if (down) names.reverse();
      const choice = (value) =>
        element("option", { value: value || EMPTY, textContent: `${value || words.empty} (${counts.get(value)})` });
      facet.select = element("select", {}, element("option", { value: "", textContent: words.all }), ...names.map(choice));
      facet.select.addEventListener("change", () => this.changed());
      this.facets.push(facet);
      this.tools.append(element("label", {}, title, facet.select));
    }

    valuesOf(facet) {
      if (!this.values.has(facet.name)) this.values.set(facet.name, this.rows.map(facet.valueOf));
      return this.values.get(facet.name);
    }

    addSort(head, index) {
      const press = button("", () => {
        const before = head.getAttribute("aria-sort");
        this.sorted = before === "descending" ? null : { index, down: before === "ascending" };
        this.changed();
      }, "");
      press.append(...head.childNodes);
      head.append(press);
    }

    addColumns() {
      const list = element("div", { className: "mu-tools__columns" });
      this.boxes = [];
      this.heads.slice(1).forEach((_, at) => {
        const index = at + 1;
        const box = element("input", { type: "checkbox" });
        box.addEventListener("change", () => {
          if (box.checked) this.away.delete(index);
          else this.away.add(index);
          this.changed();
        });
        this.boxes[index] = box;
        list.append(element("label", {}, box, this.titles[index]));
      });
      const details = element("details", {}, element("summary", { textContent: words.columns }), list);
      details.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        details.open = false;
        details.firstElementChild.focus();
      });
      document.addEventListener("click", ({ target }) => {
        if (!details.contains(target)) details.open = false;
      });
      this.tools.append(details);
    }

    /* A page of a part leads to the page that filters all parts, with the same conditions. */
    addWhole() {
      this.whole = element("a", { className: "mu-tools__whole", textContent: words.whole(this.total) });
      this.whole.href = this.table.dataset.whole;
      this.tools.append(this.whole);
    }

    addRest() {
      this.rest = element("p", { className: "mu-tools__rest mu-screen-only", hidden: true }, element("span"), " ");
      this.rest.append(
        button(words.more, () => this.grow(PORTION)),
        " ",
        button(words.everything, () => this.grow(Infinity)),
      );
      const seen = new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.grow(PORTION);
      }, { rootMargin: "600px" });
      seen.observe(this.rest);
    }

    listen() {
      // While a Chinese word is being put together the box holds the letters of its sound.
      this.search.addEventListener("input", (event) => {
        this.composing = event.isComposing;
        if (!this.composing) this.typed();
      });
      this.search.addEventListener("compositionend", () => {
        this.composing = false;
        this.typed();
      });
      const early = () => this.load();
      for (const kind of ["focusin", "pointerover"])
        for (const part of [this.tools, this.table.tHead]) part.addEventListener(kind, early, { once: true });
      window.addEventListener("popstate", () => {
        this.read();
        this.arrange();
        this.show();
      });
      window.addEventListener("beforeprint", () => this.grow(Infinity));
    }

    /* --------------------------------------------------------------- rows */

    /* All rows of a register that is spread over several pages. */
    load() {
      if (!this.parts) return;
      this.loading ??= this.fetchAll().catch(() => {
        this.failed = true;
      }).then(() => {
        this.loaded = true;
        if (this.isTouched()) this.show();
        else this.tell();
      });
    }

    async fetchAll() {
      this.tell();
      const { home, deep, base } = this.table.dataset;
      const answers = await Promise.all(this.parts.map((name) => fetch(`${home}${name}/`)));
      if (!answers.every((answer) => answer.ok)) throw new Error("incomplete");
      const rows = [];
      for (const answer of answers) {
        const page = await answer.text();
        const start = page.indexOf("<tbody>", page.indexOf('<table class="mu-register"')) + "<tbody>".length;
        const made = document.createElement("template");
        made.innerHTML = page.slice(start, page.indexOf("</tbody>", start)).replaceAll(`href="${deep}`, `href="${base}`);
        rows.push(...made.content.children);
        await new Promise((resume) => setTimeout(resume)); // a letter that is typed meanwhile comes first
      }
      this.take(rows);
      this.fold();
    }

    fold() {
      this.texts ??= this.rows.map((row) => fold([...row.cells].map((cell) => cell.textContent).join("\n")));
      return this.texts;
    }

    /* What was last asked for, also where rows arrive while a word is being put together. */
    get asked() {
      if (!this.composing) this.settled = this.search.value.trim();
      return this.settled ?? "";
    }

    isTouched() {
      return Boolean(
        this.asked || this.day?.value || this.sorted || this.facets.some(({ select }) => select.value),
      );
    }

    /* Rows as they are sorted, as places in `rows`. Those without a value come last, whichever way. */
    inOrder() {
      if (!this.sorted) return null;
      const { index, down } = this.sorted;
      const key = `${index} ${down}`;
      if (!this.orders.has(key)) this.orders.set(key, this.sortedBy(index, down));
      return this.orders.get(key);
    }

    sortedBy(index, down) {
      const kind = this.heads[index].dataset.type;
      const texts = this.rows.map((row) => (row.cells[index]?.dataset.sort ?? textOf(row.cells[index])).trim());
      const ranks = this.ranked(texts, kind);
      const way = down ? -1 : 1;
      const compare = (a, b) =>
        !texts[a] || !texts[b] ? Number(!texts[a]) - Number(!texts[b]) || a - b : way * (ranks[a] - ranks[b]) || a - b;
      return texts.map((_, at) => at).sort(compare);
    }

    /* Comparing Chinese is slow, so each text is compared once, however many rows have it. */
    ranked(texts, kind) {
      if (kind === "number") return texts.map((text) => Number.parseFloat(text.replaceAll(",", "")));
      const each = [...new Set(texts)];
      const plain = kind === "date" || each.every((text) => /^[A-Z]{2}\d+$/.test(text) && text.length === each[0].length);
      each.sort(plain ? undefined : collator.compare);
      const ranks = new Map(each.map((text, rank) => [text, rank]));
      return texts.map((text) => ranks.get(text));
    }

    fitting() {
      const terms = fold(this.asked).split(/\s+/).filter(Boolean);
      const texts = terms.length ? this.fold() : [];
      const chosen = this.facets.filter(({ select }) => select.value).map((facet) => [
        this.valuesOf(facet),
        facet.select.value === EMPTY ? "" : facet.select.value,
      ]);
      const found = [];
      const order = this.inOrder();
      for (let place = 0; place < this.rows.length; place++) {
        const at = order ? order[place] : place;
        if (
          terms.every((term) => texts[at].includes(term)) &&
          chosen.every(([values, value]) => values[at] === value) &&
          (!this.day?.value || this.holds(this.rows[at]))
        )
          found.push(this.rows[at]);
      }
      return found;
    }

    show() {
      const isTouched = this.isTouched();
      if (isTouched) this.load();
      // Without conditions a page shows what it showed when it came.
      this.found = isTouched ? this.fitting() : this.own;
      this.put = Math.min(isTouched ? FIRST : Infinity, this.found.length);
      const rows = this.found.slice(0, this.put);
      const there = this.body.rows;
      // Most letters of a word change nothing of what stands at the top.
      if (rows.length !== there.length || rows.some((row, at) => row !== there[at])) this.body.replaceChildren(...rows);
      this.tell();
    }

    /* More of what fits, at the end of what is there. */
    grow(count) {
      if (this.put === undefined || this.put >= this.found.length) return;
      const start = this.put;
      this.put = Math.min(start + count, this.found.length);
      this.body.append(...this.found.slice(start, this.put));
      this.tell();
    }

    /* Heads, columns and boxes as they are chosen. */
    arrange() {
      this.heads.forEach((head, index) => {
        if (this.sorted?.index === index) head.setAttribute("aria-sort", this.sorted.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      this.boxes?.forEach((box, index) => {
        box.checked = !this.away.has(index);
      });
      const rules = [...this.away].map(
        (index) => `#${CSS.escape(this.table.id)} tr > :nth-child(${index + 1}) { display: none }`,
      );
      const said = rules.join("\n");
      if (said !== this.ruled) this.sheet.replaceSync(said);
      this.ruled = said;
    }

    tell() {
      const isTouched = this.isTouched();
      const isPart = this.parts && !this.loaded;
      const isWhole = this.parts && this.loaded && !this.failed;
      this.table.setAttribute("aria-busy", String(Boolean(isPart && this.loading)));
      if (isPart && this.loading) this.count.textContent = words.loading(this.total);
      else if (this.failed) this.count.textContent = words.failed(this.total);
      else if (this.parts && !isTouched) this.count.textContent = words.first(this.own.length, this.total);
      else this.count.textContent = words.rows(this.found.length, isWhole ? this.total : this.rows.length);
      this.none.hidden = this.found.length > 0 || !this.rows.length;
      const put = this.put ?? this.found.length;
      this.rest.hidden = put >= this.found.length;
      this.rest.firstElementChild.textContent = words.shown(put, this.found.length);
      this.conditions.textContent = isTouched ? this.named() : "";
      if (this.whole) this.whole.href = `${this.table.dataset.whole}${this.address().search}`;
    }

    /* What stands on paper above the rows: by what they were chosen, and how many they are. */
    named() {
      const said = [];
      const text = this.asked;
      if (text) said.push(words.contains(text));
      if (this.day?.value) said.push(words.is(words.day, this.day.value));
      for (const { title, select } of this.facets)
        if (select.value) said.push(words.is(title, select.value === EMPTY ? words.empty : select.value));
      if (this.sorted) said.push(words.sorted(this.titles[this.sorted.index], this.sorted.down));
      said.push(this.count.textContent);
      return words.conditions(said.join(words.comma));
    }

    /* ------------------------------------------------------------ actions */

    typed() {
      this.show();
      if (!this.timer) this.write(true);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.timer = 0;
        this.write(true);
      }, PAUSE);
    }

    changed() {
      this.arrange();
      this.show();
      this.write(false);
    }

    reset() {
      this.search.value = "";
      for (const { select } of this.facets) select.value = "";
      if (this.day) this.day.value = "";
      this.changed();
      this.search.focus();
    }

    /* What is listed, as a spreadsheet reads it, with the columns that are there to see. */
    save() {
      const shown = this.heads.map((_, index) => index).filter((index) => !this.away.has(index));
      const safe = (text) => `"${(/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
      const lines = [shown.map((index) => safe(this.titles[index]))];
      for (const row of this.found) lines.push(shown.map((index) => safe(saved(row.cells[index]))));
      const text = `\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
      const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      element("a", { href: url, download: `${this.table.id}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    }

    /* ------------------------------------------------------------ address */

    read() {
      const given = new URLSearchParams(location.search);
      const take = (name) => given.get(this.prefix + name) ?? "";
      this.search.value = take("find");
      for (const { name, select } of this.facets) {
        const value = take(name);
        select.value = [...select.options].some((option) => option.value === value) ? value : "";
      }
      if (this.day) this.day.value = take("on");
      const [, way, column] = /^(-?)(.+)$/.exec(take("sort")) ?? [];
      const index = this.heads.findIndex((_, at) => this.name(at) === column);
      this.sorted = index >= 0 ? { index, down: way === "-" } : null;
      const hide = take("hide");
      const names = hide.split(",");
      this.away = hide
        ? new Set(this.heads.flatMap((_, at) => (at && names.includes(this.name(at)) ? [at] : [])))
        : new Set(this.aside);
    }

    address() {
      const url = new URL(location.href);
      const put = (name, value) => {
        if (value) url.searchParams.set(this.prefix + name, value);
        else url.searchParams.delete(this.prefix + name);
      };
      put("find", this.asked);
      if (this.day) put("on", this.day.value);
      for (const { name, select } of this.facets) put(name, select.value);
      put("sort", this.sorted ? `${this.sorted.down ? "-" : ""}${this.name(this.sorted.index)}` : "");
      const away = [...this.away].sort((a, b) => a - b);
      const isUsual = away.length === this.aside.size && away.every((index) => this.aside.has(index));
      put("hide", isUsual ? "" : away.map((index) => this.name(index)).join(",") || NOTHING);
      return url;
    }

    /* The way back leads to what was chosen before; a word is one step, not one for each of its letters. */
    write(isTyping) {
      const url = this.address();
      if (url.href === location.href) return;
      if (isTyping && this.wasTyping) history.replaceState(history.state, "", url);
      else history.pushState(history.state, "", url);
      this.wasTyping = isTyping;
      if (this.whole) this.whole.href = `${this.table.dataset.whole}${url.search}`;
    }
  }

  function start() {
    const tables = [...document.querySelectorAll("table.mu-register")].filter(
      (table) => table.tHead && table.tBodies.length && !table.dataset.ready,
    );
    tables.forEach((table, at) => {
      table.dataset.ready = "";
      table.id ||= `register-${at + 1}`;
      new Register(table, tables.length > 1 ? `${table.id}.` : "");
    });
  }

  // Material publishes every page that it swaps in; without it (or before it) the first page is enough.
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
