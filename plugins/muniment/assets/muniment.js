/* What makes pages handier where there is script; all of them say everything without it.

Registers: sort, filter, choose columns, keep it all in the address. Buttons that copy. The revision in the footer. */
"use strict";

(() => {
  const chinese = document.documentElement.lang.startsWith("zh");
  const words = chinese
    ? {
        find: "筛选",
        day: "有效日期",
        hint: "编号、名称或任意文字",
        all: "全部",
        columns: "列",
        rows: (shown, total) => (shown === total ? `共 ${total} 条` : `${shown} / ${total} 条`),
        none: "没有符合条件的记录。",
        clear: "清除条件",
        copied: "已复制",
        failed: "请手工复制",
        empty: "（空）",
      }
    : {
        find: "Filter",
        day: "In force on",
        hint: "number, name or any text",
        all: "all",
        columns: "Columns",
        rows: (shown, total) => (shown === total ? `${total} rows` : `${shown} of ${total} rows`),
        none: "No record fits these conditions.",
        clear: "Clear conditions",
        copied: "Copied",
        failed: "Please copy by hand",
        empty: "(empty)",
      };
  const collator = new Intl.Collator(chinese ? "zh-Hans-CN" : "en", { numeric: true });

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function fold(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function valueOf(cell) {
    return (cell?.dataset.value ?? cell?.textContent ?? "").trim();
  }

  /* ------------------------------------------------------------- registers */

  class Register {
    constructor(table, prefix) {
      this.table = table;
      this.prefix = prefix;
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows];
      this.heads = [...table.tHead.rows[0].cells];
      this.facets = [];
      this.hiddenColumns = new Set();
      this.sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
      this.build();
      this.read();
      this.show();
    }

    name(index) {
      return this.heads[index].dataset.name ?? `c${index + 1}`;
    }

    build() {
      this.search = element("input", { type: "search", placeholder: words.hint });
      this.search.addEventListener("input", () => this.later());
      this.tools = element(
        "form",
        { className: "mu-tools", ariaLabel: words.find, onsubmit: (event) => event.preventDefault() },
        element("label", { className: "mu-tools__find" }, words.find, this.search),
      );
      if (this.table.dataset.from) this.addDay();
      this.heads.forEach((head, index) => {
        if ("facet" in head.dataset) this.addFacet(head, index);
        if (!("unsorted" in head.dataset)) this.addSort(head, index);
      });
      if (this.heads.length > 4) this.addColumns();
      this.count = element("output");
      this.tools.append(this.count);
      this.clear = element("button", { type: "button", className: "mu-button", textContent: words.clear });
      this.clear.addEventListener("click", () => this.reset());
      this.none = element("p", { className: "mu-tools__none", hidden: true }, words.none, " ", this.clear);
      const place = this.table.closest(".mu-scroll") ?? this.table;
      place.before(this.tools);
      place.after(this.none);
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
      if (!this.day?.value) return true;
      const [from, until] = this.period.map((index) => row.cells[index].textContent.trim());
      return from <= this.day.value && (!until || this.day.value < until);
    }

    addFacet(head, index) {
      const counts = new Map();
      for (const row of this.rows) {
        const value = valueOf(row.cells[index]);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      if (counts.size < 2 || counts.size > 400) return;
      const select = element("select", {}, element("option", { value: "", textContent: words.all }));
      for (const value of [...counts.keys()].sort(collator.compare))
        select.append(
          element("option", { value: value || "\u0000", textContent: `${value || words.empty} (${counts.get(value)})` }),
        );
      select.addEventListener("change", () => this.changed());
      this.facets.push({ index, select });
      this.tools.append(element("label", {}, head.textContent.trim(), select));
    }

    addSort(head, index) {
      const button = element("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        this.sorted = before === "descending" ? null : { index, down: before === "ascending" };
        this.changed();
      });
    }

    addColumns() {
      const list = element("div", { className: "mu-tools__columns" });
      this.boxes = [];
      this.heads.slice(1).forEach((head, at) => {
        const index = at + 1;
        const box = element("input", { type: "checkbox", checked: true });
        box.addEventListener("change", () => {
          if (box.checked) this.hiddenColumns.delete(index);
          else this.hiddenColumns.add(index);
          this.changed();
        });
        this.boxes[index] = box;
        list.append(element("label", {}, box, head.textContent.trim()));
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

    /* Typing in a long register waits for a pause, so that no letter is lost. */
    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.changed(), this.rows.length > 1500 ? 120 : 0);
    }

    changed() {
      this.show();
      this.write();
    }

    reset() {
      this.search.value = "";
      for (const { select } of this.facets) select.value = "";
      if (this.day) this.day.value = "";
      this.changed();
      this.search.focus();
    }

    show() {
      this.order();
      const terms = fold(this.search.value).split(/\s+/).filter(Boolean);
      const facets = this.facets.filter(({ select }) => select.value);
      this.texts ??= terms.length ? this.rows.map((row) => fold(row.textContent)) : undefined;
      let shown = 0;
      this.rows.forEach((row, at) => {
        const fits =
          this.holds(row) &&
          terms.every((term) => this.texts[at].includes(term)) &&
          facets.every(({ index, select }) => (valueOf(row.cells[index]) || "\u0000") === select.value);
        if (row.hidden === fits) row.hidden = !fits;
        shown += fits;
      });
      this.count.textContent = words.rows(shown, this.rows.length);
      this.none.hidden = shown > 0 || !this.rows.length;
      this.sheet.replaceSync(
        [...this.hiddenColumns]
          .map((index) => `#${CSS.escape(this.table.id)} tr > :nth-child(${index + 1}) { display: none }`)
          .join("\n"),
      );
    }

    order() {
      const sorted = this.sorted;
      const key = sorted ? `${sorted.index}${sorted.down}` : "";
      if (key === (this.ordered ?? "")) return;
      this.ordered = key;
      this.heads.forEach((head, index) => {
        if (sorted?.index === index) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      this.body.append(...(sorted ? this.inOrder(sorted) : this.rows));
    }

    /* Rows without a value come last, whichever way. */
    inOrder({ index, down }) {
      const isNumber = this.heads[index].dataset.type === "number";
      const keyed = this.rows.map((row) => {
        const cell = row.cells[index];
        const text = (cell?.dataset.sort ?? cell?.textContent ?? "").trim();
        return { row, text, number: isNumber ? Number.parseFloat(text.replaceAll(",", "")) : 0 };
      });
      const way = down ? -1 : 1;
      keyed.sort((a, b) => {
        if (!a.text || !b.text) return Number(!a.text) - Number(!b.text);
        return way * (isNumber ? a.number - b.number : collator.compare(a.text, b.text));
      });
      return keyed.map(({ row }) => row);
    }

    read() {
      const given = new URLSearchParams(location.search);
      const take = (name) => given.get(this.prefix + name) ?? "";
      this.search.value = take("find");
      for (const { index, select } of this.facets) {
        const value = take(this.name(index));
        if ([...select.options].some((option) => option.value === value)) select.value = value;
      }
      if (this.day) this.day.value = take("on");
      const [, way, column] = /^(-?)(.+)$/.exec(take("sort")) ?? [];
      const index = this.heads.findIndex((_, at) => this.name(at) === column);
      if (index >= 0) this.sorted = { index, down: way === "-" };
      const hide = take("hide").split(",");
      this.boxes?.forEach((box, at) => {
        if (hide.includes(this.name(at))) {
          box.checked = false;
          this.hiddenColumns.add(at);
        }
      });
    }

    write() {
      const url = new URL(location.href);
      const put = (name, value) => {
        if (value) url.searchParams.set(this.prefix + name, value);
        else url.searchParams.delete(this.prefix + name);
      };
      put("find", this.search.value.trim());
      if (this.day) put("on", this.day.value);
      for (const { index, select } of this.facets) put(this.name(index), select.value);
      put("sort", this.sorted ? `${this.sorted.down ? "-" : ""}${this.name(this.sorted.index)}` : "");
      put("hide", [...this.hiddenColumns].map((index) => this.name(index)).join(","));
      history.replaceState(history.state, "", url);
    }
  }

  function registers() {
    const tables = [...document.querySelectorAll("table.mu-register")].filter(
      (table) => table.tHead && table.tBodies.length && !table.dataset.ready,
    );
    tables.forEach((table, at) => {
      table.dataset.ready = "";
      table.id ||= `register-${at + 1}`;
      new Register(table, tables.length > 1 ? `${table.id}.` : "");
    });
  }

  /* --------------------------------------------------------------- copying */

  async function copy(button) {
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.muCopy);
      button.textContent = words.copied;
    } catch {
      button.textContent = words.failed;
    }
    setTimeout(() => {
      button.textContent = before;
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

  /* --------------------------------------------------------- page not found */

  /* The last part of the address that was asked for is most likely a number. */
  function missing() {
    const link = document.querySelector("a[data-mu-find]");
    const last = decodeURIComponent(location.pathname).split("/").filter(Boolean).pop();
    if (!link || !last) return;
    const wanted = last.replace(/\.[a-z]+$/i, "");
    link.textContent = link.textContent.replace("…", wanted);
    link.search = `?q=${encodeURIComponent(wanted)}`;
    link.closest("[hidden]")?.removeAttribute("hidden");
  }

  function start() {
    registers();
    revision();
    missing();
  }

  // Material publishes every page that it swaps in; without it (or before it) the first page is enough.
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
