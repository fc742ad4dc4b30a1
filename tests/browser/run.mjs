// The site in a real browser: node run.mjs CHROMIUM FOLDER [FOLDER …], each a site as `relato build` wrote it.
// Every page is opened from the disk, in both themes, with a phone's and a desktop's width.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const [, , chromium, ...folders] = process.argv;

let passed = 0;
const failures = [];
const check = (holds, what) => {
  if (holds) passed += 1;
  else failures.push(what);
};

const files = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });

// A page that tells what it asked for and what it complained of.
async function open(path, { width = 1280, theme = "light", scripts = true, hash = "" } = {}) {
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => /^(file|data):/.test(request.url()) || said.push("asked for " + request.url()));
  page.on("requestfailed", (request) => said.push("not there: " + request.url()));
  await page.setJavaScriptEnabled(scripts);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.goto(pathToFileURL(path).href + hash, { waitUntil: "load" });
  return { page, said };
}

// Every page: nothing complained of, nothing asked elsewhere, nothing wider than the screen, no violation that axe finds.
async function everyPage(root, pages) {
  for (const path of pages) {
    const name = relative(root, path);
    for (const [theme, width] of [["light", 1280], ["dark", 360]]) {
      const { page, said } = await open(path, { theme, width });
      check(said.length === 0, `${name}, ${theme}: ${said.join("; ")}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check(over <= 0, `${name} is ${over} px wider than a screen of ${width}`);
      // evaluated by the debugger: the page's own policy stays as it is
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)} (${nodes.length}) ${nodes[0].failureSummary ?? ""}`);
      });
      check(found.length === 0, `${name}, ${theme}, ${width}: ${found.join("; ")}`);
      await page.close();
    }
  }
}

// What a page brings along besides itself, compressed.
function weight(root) {
  const size = (name) => gzipSync(readFileSync(join(root, name)), { level: 9 }).length;
  const both = size("style.css") + size("script.js");
  check(both < 60 * 1024, `styles and script are ${both} bytes`);
}

async function board(root, language, internal) {
  const path = join(root, language, "actions.html");
  const { page, said } = await open(path);
  const shown = () => page.$$eval("[data-board-table] tbody tr", (rows) => rows.length);
  const all = await shown();
  check(all > 0, `${language}: the board is empty`);
  await page.select("[data-board] [name=state]", "done");
  await page.waitForFunction(() => location.hash === "#state=done");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-board-table] tbody tr")].every((row) => row.dataset.state === "done"));
  const done = await shown();
  check(done > 0 && done < all, `${language}: ${done} of ${all} are done`);
  const status = await page.$eval("[data-board-status]", (status) => status.textContent);
  check(status.includes(String(done)), `${language}: the board says ${status}`);
  if (internal) {
    // two choices at once, as a quick hand makes them: the second does not bring back what the first took away
    await page.evaluate(() => {
      document.querySelector("[data-board] [type=reset]").click();
      const priority = document.querySelector("[data-board] [name=priority]");
      priority.value = "P0";
      priority.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await page.waitForFunction(() => location.hash === "#priority=P0");
    const priorities = await page.$$eval("[data-of=priority]", (cells) => [...new Set(cells.map((cell) => cell.textContent))]);
    check(priorities.join() === "P0", `${language}: priorities ${priorities}`);
    const source = await page.$$eval("a.source", (links) => links.map((link) => link.href));
    check(source.every((href) => /#L\d+$/.test(href)), `${language}: a row leads to ${source[0]}`);
  }
  await page.click("[data-board] [type=reset]");
  await page.waitForFunction((all) => document.querySelectorAll("[data-board-table] tbody tr").length === all, {}, all);
  // by the last column, twice: down
  await page.$$eval("thead button", (buttons) => { buttons.at(-1).click(); buttons.at(-1).click(); });
  await page.waitForFunction(() => document.querySelector("thead th:last-child").getAttribute("aria-sort") === "descending");
  const states = await page.$$eval("[data-board-table] tbody td:last-child", (cells) => cells.map((cell) => cell.textContent.trim()));
  const sorted = [...states].sort(new Intl.Collator(language, { numeric: true }).compare).reverse();
  check(states.join() === sorted.join(), `${language}: sorted as ${states}`);
  // the address holds the filter
  const again = await open(path, { hash: "#state=done" });
  const kept = await again.page.$$eval("[data-board-table] tbody tr", (rows) => rows.length);
  check(kept === done, `${language}: the address shows ${kept}, not ${done}`);
  check(said.length + again.said.length === 0, `board: ${said} ${again.said}`);
  await page.close();
  await again.page.close();
  const off = await open(path, { scripts: false });
  const form = await off.page.$eval("[data-board]", (form) => form.hidden);
  check(form, `${language}: without scripts the board shows filters that do nothing`);
  await off.page.close();
}

async function search(root, language, asked, expected) {
  const { page, said } = await open(join(root, language, "search.html"));
  await page.type("#q", asked);
  await page.waitForFunction(() => document.querySelector("[data-search-status]").textContent !== "");
  const found = await page.$$eval("[data-search-found] li", (items) => items.map((item) => item.textContent));
  check(found.some((text) => text.includes(expected)), `${language}: "${asked}" finds ${JSON.stringify(found)}`);
  const links = await page.$$eval("[data-search-found] li > a", (links) => links.map((link) => link.href));
  for (const link of links.slice(0, 3)) {
    check(statSync(fileURLToPath(link), { throwIfNoEntry: false }) !== undefined, `"${asked}" leads to ${link}`);
  }
  check(said.length === 0, `search for ${asked}: ${said}`);
  await page.close();
}

// With the keyboard alone: over the skip link, through the ways, to a filter and back.
async function keyboard(root, language) {
  const { page } = await open(join(root, language, "actions.html"));
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return [document.activeElement.className, box.left >= 0 && box.top >= 0];
  });
  check(skip[0] === "skip" && skip[1], `${language}: the first stop is ${skip}`);
  await page.keyboard.press("Enter");
  check(await page.evaluate(() => document.activeElement.id === "content"), `${language}: the way to the content leads elsewhere`);
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.name === "state"), `${language}: the filters do not come first`);
  for (let at = 0; at < 8 && !(await page.evaluate(() => document.activeElement.name === "q")); at++) await page.keyboard.press("Tab");
  await page.keyboard.type("a");
  await page.waitForFunction(() => location.hash === "#q=a");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  check(outline !== "none", `${language}: what has the focus does not show it`);
  // everything that can be clicked can be reached
  const stops = new Set();
  for (let at = 0; at < 400; at++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const all = [...document.querySelectorAll("a, button, select, input, summary")];
      return all.indexOf(document.activeElement);
    });
    if (stops.has(stop) && stop >= 0) break;
    stops.add(stop);
  }
  const all = await page.$$eval("a, button, select, input, summary", (stops) => stops.filter((it) => it.checkVisibility()).length);
  check(stops.size >= all - 4, `${language}: ${stops.size} of ${all} can be reached`);
  await page.close();
}

async function zones(root, language) {
  const folder = join(root, language, "incidents");
  const path = readdirSync(folder).map((name) => join(folder, name)).find((path) => path.endsWith("order-imports.html"));
  if (!path) return;
  const { page, said } = await open(path);
  const clock = () => page.$eval(".at time", (time) => time.textContent);
  const before = await clock();
  await page.select("[data-zones] select", "UTC");
  const after = await clock();
  check(before !== after, `${language}: in another zone it is still ${after}`);
  await page.select("[data-zones] select", "");
  check((await clock()) === before, `${language}: back in its own zone it is not ${before}`);
  check(said.length === 0, `zones: ${said}`);
  await page.close();
}

// On paper: no ways to other pages, nothing that only a screen can do, and nothing cut or left folded.
async function printed(root, language) {
  const folder = join(root, language, "incidents");
  const incidents = readdirSync(folder).filter((name) => name.endsWith(".html")).map((name) => join(folder, name));
  for (const path of [...incidents, join(root, language, "statistics.html"), join(root, language, "actions.html")]) {
    const name = relative(root, path);
    // the width of A4 within its margins
    const { page } = await open(path, { width: 673, theme: "dark" });
    await page.emulateMediaType("print");
    const { ways, over, lost, ground } = await page.evaluate(() => {
      const shown = (it) => it.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true });
      const all = (selector) => [...document.querySelectorAll(selector)];
      const text = all("main :is(h1, h2, h3, h4, p, li, th, td, dt, dd, figcaption)");
      const kept = text.filter((it) => it.textContent.trim() && !it.closest("nav, .filters, .zones, .crumbs, .pager, [hidden]"));
      return {
        ways: all("nav, .filters, .zones, .pager, .skip").filter(shown).length,
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        lost: kept.filter((it) => !shown(it)).map((it) => it.textContent.trim().slice(0, 60)),
        ground: getComputedStyle(document.body).backgroundColor,
      };
    });
    check(ways === 0, `${name}: ${ways} ways to elsewhere on paper`);
    check(over <= 0, `${name} is ${over} px wider than paper`);
    check(lost.length === 0, `${name} lacks on paper: ${lost.slice(0, 3).join("; ")}`);
    check(ground === "rgb(255, 255, 255)", `${name}: the paper is ${ground}`);
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, format: "A4" })).toString("latin1");
    const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    check(sheets > 0 && sheets < 40, `${name} is ${sheets} sheets`);
    await page.close();
  }
}

// A site of many rows: a filter reaches those of the other pages, and without scripts there is a way to them.
async function large(root) {
  const path = join(root, "en", "actions.html");
  const off = await open(path, { scripts: false });
  const rows = await off.page.$$eval("[data-board-table] tbody tr", (rows) => rows.length);
  check(rows === 200, `a page of the board holds ${rows} rows`);
  await Promise.all([off.page.waitForNavigation(), off.page.click("[rel=next]")]);
  check(off.page.url().endsWith("actions.2.html"), `the next page is ${off.page.url()}`);
  await off.page.close();
  const { page, said } = await open(path, { hash: "#q=needle" });
  await page.waitForFunction(() => document.querySelectorAll("[data-board-table] tbody tr").length === 1);
  check(said.length === 0, `large board: ${said}`);
  await page.close();
}

// What waits in vain is a failure like any other.
const attempt = async (what, test) => {
  try {
    await test();
  } catch (error) {
    failures.push(`${what}: ${error.message}`);
  }
};

try {
  for (const root of folders) {
    const pages = files(root).filter((path) => path.endsWith(".html"));
    const isLarge = pages.some((path) => path.endsWith("actions.2.html"));
    if (isLarge) {
      await attempt("large board", () => large(root));
      await attempt("large search", () => search(root, "en", "needle", "Incident 1"));
      continue;
    }
    const internal = pages.some((path) => path.includes("/rules/"));
    // the pages of the rules are one template: a few stand for all
    const some = pages.filter((path) => !path.includes("/rules/") || /\/(index|action-without-owner)\.html$/.test(path));
    if (!process.env.QUICK) await attempt("pages", () => everyPage(root, some));
    weight(root);
    for (const language of ["en", "pt-BR"]) {
      await attempt(`board, ${language}`, () => board(root, language, internal));
      await attempt(`keyboard, ${language}`, () => keyboard(root, language));
      await attempt(`zones, ${language}`, () => zones(root, language));
      await attempt(`paper, ${language}`, () => printed(root, language));
      for (const [asked, expected] of [["indisponibilidade", "2017"], ["outage", "2017"], ["interrupcao", "2017"]]) {
        await attempt(`search, ${language}`, () => search(root, language, asked, expected));
      }
    }
  }
} finally {
  await browser.close();
}
for (const failure of failures) console.error("✗ " + failure);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length ? 1 : 0;
