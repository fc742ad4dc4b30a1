// The site's script. Every page works without it: it adds filters, sorting, search and other time zones.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const relato = (globalThis.relato = {});

  // The part of the address after `#`, as keys and values. It works where there is no server.
  const asked = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const ask = (params) => {
    const text = params.toString();
    if (text !== location.hash.slice(1)) location.replace("#" + text);
  };

  const load = (src) =>
    new Promise((done) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = script.onerror = () => { script.remove(); done(); };
      document.head.append(script);
    });

  // the way to the content must not cost a filter
  $(".skip")?.addEventListener("click", (event) => { event.preventDefault(); $("#content").focus(); });
  board();
  zones();
  search();

  // The board: rows of this page, and of the others as soon as a filter asks for them.
  function board() {
    const form = $("[data-board]");
    if (!form) return;
    const table = $("[data-board-table]"), body = table.tBodies[0], status = $("[data-board-status]");
    const pager = $(".pager"), told = status.textContent;
    const pages = +form.dataset.pages, here = +form.dataset.page, most = 200;
    const rows = new Map([[here, [...body.rows]]]);
    let reading = null, shown = most;
    relato.rows = (page, html) => {
      if (rows.has(page)) return;
      const made = document.createElement("template");
      made.innerHTML = "<table>" + html + "</table>";
      rows.set(page, $$("tr", made.content));
    };
    const stem = location.pathname.split("/").pop().split(".")[0];
    const readAll = () => (reading ??= (async () => {
      status.textContent = form.dataset.loading;
      for (let page = 1; page <= pages; page++) if (!rows.has(page)) await load(`${stem}/${page}.js`);
    })());
    const more = document.createElement("p");
    more.className = "more";
    more.hidden = true;
    more.innerHTML = "<button type=button></button>";
    more.firstChild.textContent = form.dataset.more;
    more.firstChild.onclick = () => { shown += most; show(); };
    table.after(more);

    const heads = $$("thead th", table);
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.onclick = () => {
        const params = asked(), up = params.get("sort") === String(at);
        params.set("sort", up ? "-" + at : at);
        turn(params);
      };
    });
    const key = (row, at) => row.cells[at].dataset.sort ?? fold(row.cells[at].textContent);
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const fields = ["owner", "team", "class", "priority"].filter((name) => form.elements[name]);

    // what the address asks for is shown at once: a further choice must not find the fields of the last one
    let showing = null;
    const turn = (params) => { ask(params); if (location.hash !== showing) show(); };

    async function show() {
      const params = asked(), plain = params.size === 0;
      showing = location.hash;
      for (const input of form.elements) if (input.name) input.value = params.get(input.name) ?? "";
      const sort = params.get("sort");
      heads.forEach((head, at) => {
        if (sort === String(at)) head.setAttribute("aria-sort", "ascending");
        else if (sort === "-" + at) head.setAttribute("aria-sort", "descending");
        else head.removeAttribute("aria-sort");
      });
      if (pager) pager.hidden = !plain;
      if (plain) {
        more.hidden = true;
        body.replaceChildren(...rows.get(here));
        status.textContent = told;
        return;
      }
      if (pages > 1) await readAll();
      const state = params.get("state"), words = fold(params.get("q") ?? "").split(/\s+/).filter(Boolean);
      const fits = (row) => {
        const data = row.dataset;
        if (state === "open" ? data.open !== "1" : state === "overdue" ? !(+data.late > 0) : state && data.state !== state) return false;
        for (const name of fields) {
          const want = params.get(name);
          if (want && $(`[data-of=${name}]`, row).textContent !== want) return false;
        }
        if (!words.length) return true;
        const text = fold(row.textContent);
        return words.every((word) => text.includes(word));
      };
      const all = [...rows.keys()].sort((a, b) => a - b).flatMap((page) => rows.get(page));
      const found = all.filter(fits);
      if (sort) {
        const down = sort.startsWith("-"), at = Math.abs(parseInt(sort, 10)) || 0;
        if (at < heads.length) {
          const keys = new Map(found.map((row) => [row, key(row, at)]));
          found.sort((a, b) => collator.compare(keys.get(a), keys.get(b)) * (down ? -1 : 1));
        }
      }
      body.replaceChildren(...found.slice(0, shown));
      more.hidden = found.length <= shown;
      status.textContent = form.dataset.shown.replace("{shown}", found.length).replace("{count}", all.length);
    }
    form.addEventListener("input", () => {
      const params = asked();
      for (const input of form.elements) {
        if (!input.name) continue;
        if (input.value) params.set(input.name, input.value); else params.delete(input.name);
      }
      shown = most;
      turn(params);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => { event.preventDefault(); shown = most; turn(new URLSearchParams()); });
    addEventListener("hashchange", () => { if (location.hash !== showing) show(); });
    form.hidden = false;
    show();
  }

  // Moments in another time zone than the incident's.
  function zones() {
    const choice = $("[data-zones]");
    if (!choice) return;
    const select = $("select", choice), lang = document.documentElement.lang;
    const times = $$("time[datetime], [data-at]").map((time) => ({
      time, told: time.textContent, at: time.dataset.at ?? time.dateTime, shape: time.dataset.tells === "clock" ? "clock" : "moment",
    }));
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const option = $("option[value=own]", select);
    if (own && own !== "UTC" && own !== choice.dataset.zone) option.textContent += ` (${own})`;
    else option.remove();
    const day = { day: "numeric", month: "short" }, clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const shapes = { day, clock, moment: { ...day, year: "numeric", ...clock } };
    const tell = (at, zone, shape) => {
      const text = new Intl.DateTimeFormat(lang, { timeZone: zone, ...shapes[shape] }).format(at);
      // Brazilian Portuguese writes 14h03
      return lang === "pt-BR" ? text.replace(/(\d\d):(\d\d)/, "$1h$2") : text;
    };
    select.onchange = () => {
      const zone = select.value === "own" ? own : select.value;
      document.body.classList.toggle("elsewhere", !!zone);
      for (const { time, told, at, shape } of times) {
        // marks of whole days have no place in another zone
        if (zone && time.dataset.tells === "day") time.textContent = tell(new Date(at), zone, "clock");
        else time.textContent = zone ? tell(new Date(at), zone, shape) : told;
      }
    };
    choice.hidden = false;
  }

  // The search: files of words that begin as what is asked, then the documents that hold all of it.
  function search() {
    const form = $("[data-search]");
    if (!form) return;
    const data = form.dataset, input = form.elements.q;
    const status = $("[data-search-status]"), list = $("[data-search-found]");
    const tags = data.tags.split("|"), names = data.names.split("|"), places = data.places.split("|");
    const anchors = ["", "affected", "", "affected", "timeline", "causes", "actions", "lessons", ""];
    const weights = [16, 6, 4, 2, 1, 1, 2, 1, 1], perFile = +data.perFile;
    const own = tags.indexOf(document.documentElement.lang);
    const beginnings = data.beginnings.split(" ");
    const words = new Map(), documents = new Map(), reading = new Map();
    relato.words = (beginning, table) => words.set(beginning, table);
    relato.documents = (number, table) => documents.set(number, table);
    const once = (src) => reading.get(src) ?? reading.set(src, load("../search/" + src)).get(src);
    const file = (text) => [...text].map((c) => (/[\w-]/.test(c) ? c : `.${c.codePointAt(0).toString(16)}.`)).join("");
    const more = document.createElement("p");
    more.className = "more";
    more.hidden = true;
    more.innerHTML = "<button type=button></button>";
    more.firstChild.textContent = data.more;
    list.after(more);

    // A word and its singular: "interrupções" is found by "interrupção", and the other way round.
    const endings = [["oes", "ao"], ["aes", "ao"], ["ais", "al"], ["eis", "el"], ["ois", "ol"], ["ens", "em"]];
    const forms = (term) => {
      const irregular = endings.find(([plural]) => term.endsWith(plural) && term.length > plural.length + 1);
      const own = [term];
      if (irregular) own.push(term.slice(0, -3) + irregular[1]);
      else if (term.length > 4 && term.endsWith("s")) own.push(term.slice(0, -1));
      return own;
    };

    // What holds a word that begins so: document to places and weight.
    async function holding(asked) {
      const terms = forms(asked);
      const needed = beginnings.filter((it) => terms.some((term) => it.startsWith(term) || term.startsWith(it)));
      await Promise.all(needed.map((it) => once(`w-${file(it)}.js`)));
      const found = new Map();
      for (const beginning of needed) {
        for (const [word, told] of Object.entries(words.get(beginning) ?? {})) {
          if (!terms.some((term) => word.startsWith(term))) continue;
          let number = 0;
          for (const pair of told.split(";")) {
            const [step, bits] = pair.split(",").map((digits) => parseInt(digits, 36));
            number += step;
            let weight = 0;
            for (let at = 0; at < weights.length; at++) if (bits >> at & 1) weight = Math.max(weight, weights[at]);
            if (terms.includes(word)) weight *= 2;
            const known = found.get(number);
            if (!known) found.set(number, { bits, weight });
            else { known.bits |= bits; known.weight = Math.max(known.weight, weight); }
          }
        }
      }
      return found;
    }

    let asking = 0;
    async function show(most) {
      const turn = ++asking, text = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
      if (document.activeElement !== input || input.value.trim() !== text) input.value = text;
      const terms = [...new Set(fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean))].map((term) => term.slice(0, 32));
      const long = terms.filter((term) => [...term].length > 1);
      if (!long.length) {
        status.textContent = terms.length ? data.short : "";
        list.replaceChildren();
        more.hidden = true;
        return;
      }
      const all = await Promise.all(long.map(holding));
      if (turn !== asking) return;
      // each item once: in the language of the page where that holds everything
      const items = new Map();
      for (const number of all[0].keys()) {
        if (!all.every((found) => found.has(number))) continue;
        const at = Math.floor(number / tags.length), isOwn = number % tags.length === own;
        const hit = { number, at, isOwn, bits: 0, weight: 0 };
        for (const found of all) { hit.bits |= found.get(number).bits; hit.weight += found.get(number).weight; }
        const known = items.get(at);
        if (!known || (isOwn && !known.isOwn)) items.set(at, { ...hit, weight: Math.max(hit.weight, known?.weight ?? 0) });
        else known.weight = Math.max(hit.weight, known.weight);
      }
      const found = [...items.values()].sort((a, b) => b.weight - a.weight || a.at - b.at);
      const shown = found.slice(0, most);
      await Promise.all(shown.map((hit) => once(`d-${Math.floor(hit.number / perFile)}.js`)));
      if (turn !== asking) return;
      status.textContent = found.length ? data.found.replace("{count}", found.length) : data.nothing;
      list.replaceChildren(...shown.map(line));
      more.hidden = found.length <= most;
      more.firstChild.onclick = () => show(most + 30);
    }

    function line({ number, bits, isOwn }) {
      const [href, title, note] = documents.get(Math.floor(number / perFile))?.[number % perFile] ?? ["", "", ""];
      const item = document.createElement("li"), link = document.createElement("a"), under = document.createElement("p");
      link.href = "../" + href;
      link.textContent = title;
      item.append(link);
      if (!isOwn) {
        link.lang = link.hreflang = tags[number % tags.length];
        item.append(" ", Object.assign(document.createElement("span"), { className: "note", textContent: names[number % tags.length] }));
      }
      under.className = "note";
      under.append(note, " · ", data.in, " ");
      const where = places.map((name, at) => [name, anchors[at], bits >> at & 1]).filter(([, , has]) => has);
      where.forEach(([name, anchor], at) => {
        if (at) under.append(", ");
        if (anchor && href.includes("/incidents/")) under.append(Object.assign(document.createElement("a"), { href: `../${href}#${anchor}`, textContent: name }));
        else under.append(name);
      });
      item.append(under);
      return item;
    }

    let wait = 0;
    input.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(() => ask(new URLSearchParams(input.value.trim() ? { q: input.value.trim() } : {})), 120);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", () => show(30));
    form.hidden = false;
    if (!location.hash) input.focus();
    show(30);
  }
})();
