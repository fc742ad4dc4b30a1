// Lighthouse over pages of a site: node lighthouse.mjs CHROMIUM FOLDER [FOLDER …], each a site as `relato build` wrote it.
// The folder is served on this machine alone. Accessibility, best practices and search engines are asserted on every page.
// Performance depends on how busy the machine is: the better of two runs is taken, and it is asserted with PERFORMANCE=1.
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";

const [, , chromium, ...folders] = process.argv;
const LEAST = 0.95;
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json" };

const served = (root) =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      const path = join(root, normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
      if (!existsSync(path) || !statSync(path).isFile()) return response.writeHead(404).end();
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "max-age=31536000" });
      createReadStream(path).pipe(response);
    });
    server.listen(0, "127.0.0.1", () => resolve(server));
  });

// One page of each kind in each language, and every incident.
function pages(root) {
  const found = [];
  for (const language of ["en", "pt-BR"]) {
    const all = (folder) => {
      const path = join(root, language, folder);
      const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(".html") && !/\.\d+\.html$/.test(name)) : [];
      return names.map((name) => join(language, folder, name));
    };
    const single = all("").concat(all("incidents"), all("services").slice(0, 1), all("runbooks").slice(0, 1), all("rules").slice(0, 1));
    found.push(...single);
  }
  return found;
}

const failures = [];
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
const port = Number(new URL(browser.wsEndpoint()).port);
try {
  for (const root of folders) {
    const server = await served(root);
    for (const page of pages(root)) {
      const url = `http://127.0.0.1:${server.address().port}/${page.replaceAll("\\", "/")}`;
      const internal = existsSync(join(root, "en", "rules"));
      const best = {};
      let told = [];
      for (const form of process.env.PERFORMANCE ? ["phone", "desktop"] : ["phone"]) {
        const options = { port, output: "json", logLevel: "error" };
        if (!process.env.PERFORMANCE) options.onlyCategories = ["accessibility", "best-practices", "seo"];
        const { lhr } = await lighthouse(url, options, form === "desktop" ? desktopConfig : undefined);
        for (const [id, { score, auditRefs }] of Object.entries(lhr.categories)) {
          best[`${form} ${id}`] = score;
          if (score < LEAST) {
            const bad = auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9);
            told.push(`${form} ${id} ${score}: ${bad.map(({ id }) => `${id} ${lhr.audits[id].score} ${lhr.audits[id].displayValue ?? ""}`).join(", ")}`);
          }
        }
      }
      console.log(page, internal ? "(internal)" : "", JSON.stringify(best));
      failures.push(...told.map((it) => `${page}: ${it}`));
    }
    server.close();
  }
} finally {
  await browser.close();
}
for (const failure of failures) console.error("✗ " + failure);
process.exitCode = failures.length ? 1 : 0;
