// Lighthouse over the pages of sites: node lighthouse.mjs CHROMIUM FOLDER [FOLDER …], each as `relato build` wrote it and
// served on this machine alone. Every incident and one page of each other kind, alternately in each language; with ALL=1
// every one in both. A page must reach 95 in each category. Performance is a measure of the machine as well: a page counts
// by its best of three runs.
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, relative } from "node:path";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const [, , chromium, ...folders] = process.argv;
const LEAST = 0.95;
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

const serve = (root) =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      const path = join(root, normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
      const isThere = !relative(root, path).startsWith("..") && existsSync(path) && statSync(path).isFile();
      if (!isThere) return response.writeHead(404).end();
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "max-age=31536000" });
      createReadStream(path).pipe(response);
    });
    server.listen(0, "127.0.0.1", () => resolve(server));
  });

function pages(root) {
  const found = [];
  for (const language of ["en", "pt-BR"]) {
    const of = (folder) => {
      const path = join(root, language, folder);
      const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(".html") && !/\.\d+\.html$/.test(name)) : [];
      return names.map((name) => `${language}/${folder ? folder + "/" : ""}${name}`);
    };
    found.push(...of(""), ...of("incidents"), ...["services", "runbooks", "rules"].flatMap((folder) => of(folder).slice(0, 1)));
  }
  const half = found.length / 2;
  return process.env.ALL ? found : found.filter((_, at) => (at % half) % 2 === (at < half ? 0 : 1));
}

const failures = [];
const lowest = {};
let count = 0;
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
const port = Number(new URL(browser.wsEndpoint()).port);
try {
  for (const root of folders) {
    const server = await serve(root);
    for (const page of pages(root)) {
      const url = `http://127.0.0.1:${server.address().port}/${page}`;
      const isInternal = existsSync(join(root, "en/rules"));
      const scores = {};
      for (let run = 0; run < 3; run += 1) {
        const options = { port, output: "json", logLevel: "error" };
        // internal pages ask not to be found
        if (isInternal) options.skipAudits = ["is-crawlable"];
        if (run > 0) options.onlyCategories = ["performance"];
        const { lhr } = await lighthouse(url, options);
        for (const [id, { score, auditRefs }] of Object.entries(lhr.categories)) {
          const bad = auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9);
          const known = scores[id];
          if (!known || score > known.score) scores[id] = { score, bad: bad.map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim()) };
        }
        if (scores.performance.score >= LEAST) break;
      }
      count += 1;
      for (const [id, { score, bad }] of Object.entries(scores)) {
        lowest[id] = Math.min(lowest[id] ?? 1, score);
        if (!(score >= LEAST)) failures.push(`${page}: ${id} is ${Math.round(score * 100)}: ${bad.join(", ")}`);
      }
    }
    server.close();
  }
} finally {
  await browser.close();
}
for (const failure of failures) console.error("✗ " + failure);
console.log(`${count} pages; the lowest scores: ${Object.entries(lowest).map(([id, score]) => `${id} ${Math.round(score * 100)}`).join(", ")}`);
process.exitCode = failures.length ? 1 : 0;
