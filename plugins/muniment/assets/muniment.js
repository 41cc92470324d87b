/* What makes pages handier where there is script; all of them say everything without it.

Buttons that copy and print. The revision in the footer. What was looked for where there is no page. Registers: registers.js. */
"use strict";

(() => {
  const chinese = document.documentElement.lang.startsWith("zh");
  const words = chinese
    ? { copied: "已复制", failed: "请手工复制" }
    : { copied: "Copied", failed: "Please copy by hand" };

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
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
    revision();
    missing();
  }

  // Material publishes every page that it swaps in; without it (or before it) the first page is enough.
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
