// Opens a report.html from disk in headless Chromium, with the network off, and uses it as a reader
// would: search, filters, sorting, map, profile, keyboard, and the rules of axe-core.
//
// usage: node page.mjs REPORT.HTML UNITS [BOUNDARIES.GEOJSON [SCREENSHOT.PNG]]
//
// With boundaries, every area with a polygon whose `natcode` is a unit of the page must be drawn, and every unit
// without one must be listed by name.

import { readFileSync, statSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [file, units, boundaries, screenshot] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LIMIT = 5 * 1024 * 1024;

const problems = [];
const check = (good, what) => {
  if (!good) problems.push(what);
};

const size = statSync(file).size;
check(size < LIMIT, `the page has ${size} bytes`);

const profile = mkdtempSync(join(tmpdir(), "page-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  headless: true,
  offline: true,
  viewport: { width: 1280, height: 900 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();
page.on("console", (message) => {
  if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`);
});
page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
page.on("request", (request) => {
  if (!request.url().startsWith("file:")) problems.push(`asked for ${request.url()}`);
});

await page.goto(`file://${resolve(file)}`);
await page.waitForSelector("html[data-ready=yes]");
const visible = () => page.locator("#units tbody tr:visible").count();
const rows = await page.locator("#units tbody tr").count();
check(rows === Number(units), `${rows} rows for ${units} units`);
const first = () => page.locator("#units tbody tr:visible").first();
const nameOf = async (row) => row.getAttribute("data-name");

// search, with and without diacritics
const found = [];
for (const word of ["Iasi", "Iași", "IASI"]) {
  await page.fill("#search", word);
  found.push(await page.locator("#count").textContent());
  check((await visible()) > 0, `search finds nothing for ${word}`);
}
check(new Set(found).size === 1, `search depends on diacritics: ${found.join(", ")}`);
await page.fill("#search", "no such place at all");
check((await visible()) === 0, "search finds what is not there");
await page.click("#clear");
check((await visible()) > 0, "clearing the filters shows nothing");

// filters
for (const name of ["county", "kind", "class", "phase"]) {
  const select = page.locator(`select[data-filter=${name}]`);
  if (!(await select.count())) continue;
  const value = await select.locator("option").nth(1).getAttribute("value");
  await select.selectOption(value);
  const shown = page.locator("#units tbody tr:visible");
  const values = await shown.evaluateAll((all, key) => all.map((row) => row.dataset[key]), name);
  check(values.length > 0 && values.every((it) => it === value), `filter ${name} shows others`);
  await page.click("#clear");
}

// sorting, both ways, by keyboard
const score = page.locator("#units thead th").nth(5).locator("button");
for (const direction of ["ascending", "descending"]) {
  await score.focus();
  await page.keyboard.press("Enter");
  const state = await page.locator("#units thead th").nth(5).getAttribute("aria-sort");
  check(state === direction, `sorted ${state} and not ${direction}`);
  const numbers = await page.locator("#units tbody tr:visible td[data-value]:nth-of-type(5)").evaluateAll(
    (cells) => cells.map((cell) => parseFloat(cell.dataset.value)).filter((it) => !Number.isNaN(it)));
  const sign = direction === "ascending" ? 1 : -1;
  check(numbers.length > 0 && numbers.every((it, at) => at === 0 || sign * (it - numbers[at - 1]) >= 0),
    `scores are not ${direction}`);
}

// the profile of a unit, by keyboard alone
await page.focus("#search");
await page.keyboard.type((await nameOf(first())).slice(0, 4));
await page.keyboard.press("Enter");
const title = await page.locator("#profile h3").textContent();
check(/\(.+\)/.test(title), `no profile: ${title}`);
check(await page.evaluate(() => document.activeElement.closest("#profile") !== null), "focus is not in the profile");
check((await page.locator("#profile tbody tr").count()) > 0, "a profile without indicators");
await page.click("#clear");

// Tab reaches every control
const controls = await page.locator("header a, .tools select:visible, .tools input:visible, .tools button:visible, #units thead button").count();
await page.focus(".skip");
const reached = new Set();
for (let step = 0; step < controls + 12; step += 1) {
  await page.keyboard.press("Tab");
  reached.add(await page.evaluate(() => {
    const it = document.activeElement;
    if (!it.dataset.tab) it.dataset.tab = String(Math.random());
    return it.matches("header a, .tools *, #units thead button, .skip") ? it.dataset.tab : "";
  }));
}
reached.delete("");
check(reached.size >= controls, `Tab reaches ${reached.size} of ${controls} controls`);

// the map: every layer paints, zooming changes the view, a click answers
const shapes = await page.locator("#map .shape").count();
if (shapes) {
  const layers = await page.locator("#layer option").count();
  const paints = new Set();
  for (let layer = 0; layer < layers; layer += 1) {
    await page.selectOption("#layer", String(layer));
    paints.add(await page.locator("#map .shape").evaluateAll((all) => all.map((it) => it.getAttribute("fill")).join()));
    check((await page.locator(".legend:visible li").count()) > 0, `layer ${layer} has no legend`);
  }
  check(layers < 2 || paints.size > 1, "all layers look the same");
  await page.selectOption("#layer", "0");
  const view = () => page.locator("#map svg").getAttribute("viewBox");
  const before = await view();
  await page.click("button[data-map=in]");
  check((await view()) !== before, "zooming changes nothing");
  await page.click("button[data-map=whole]");
  await page.locator("#map").scrollIntoViewIfNeeded();
  // a point of a shape that nothing covers: the middle of a bent shape may lie outside of it
  const spot = await page.locator("#map .shape").nth(Math.floor(shapes / 2)).evaluate((shape) => {
    const box = shape.getBoundingClientRect();
    for (let step = 1; step < 400; step += 1) {
      const x = box.left + box.width * (step % 20) / 20;
      const y = box.top + box.height * Math.floor(step / 20) / 20;
      if (document.elementFromPoint(x, y) === shape) return { x, y };
    }
    return null;
  });
  check(spot !== null, "a shape of the map cannot be pointed at");
  await page.mouse.move(spot.x, spot.y);
  check((await page.locator("#tip").textContent()).length > 3, "no tooltip");
  await page.mouse.click(spot.x, spot.y);
  check((await page.locator("#count").textContent()) !== "" , "a click on the map breaks the table");
  await page.click("#clear");
}

// boundaries: every area is shown, every unit without one is listed
if (boundaries) {
  const areas = new Set(JSON.parse(readFileSync(boundaries, "utf8")).features
    .filter((feature) => feature.geometry && feature.geometry.coordinates.flat(9).length > 0)
    .map((feature) => String(feature.properties.natcode)));
  const codes = await page.locator("#units tbody tr").evaluateAll(
    (all) => all.map((row) => [row.dataset.code, row.dataset.unit]));
  const drawn = new Set(await page.locator("#map .shape").evaluateAll((all) =>
    all.filter((it) => it.getBBox().width > 0).map((it) => it.dataset.unit)));
  const listed = (await page.locator("#without p").count())
    ? await page.locator("#without p").textContent() : "";
  const lost = codes.filter(([code, unit]) => areas.has(code) && !drawn.has(unit));
  check(lost.length === 0, `not drawn: ${lost.slice(0, 5).join("; ")}`);
  const silent = codes.filter(([code, unit]) => !drawn.has(unit) && !listed.includes(`(${code})`));
  check(silent.length === 0, `neither drawn nor listed: ${silent.slice(0, 5).join("; ")}`);
  const both = codes.filter(([code, unit]) => drawn.has(unit) && listed.includes(`(${code})`));
  check(both.length === 0, `drawn and listed: ${both.slice(0, 5).join("; ")}`);
  check(drawn.size > 0.9 * codes.length, `only ${drawn.size} of ${codes.length} units are drawn`);
  console.log(`${drawn.size} areas drawn, ${codes.length - drawn.size} units listed without one`);
}

// print: what the page says in colours and lists stays on paper, every unit with it
await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
check((await visible()) === rows, "print leaves units out");
await page.emulateMedia({ media: "print" });
check(!(await page.locator("nav").isVisible()), "print shows the navigation");
check(!shapes || (await page.locator("#layer-title").isVisible()), "print does not say which layer it shows");
const tools = await page.locator(".tools:visible").count();
check(tools === 0, "print shows controls");
await page.emulateMedia({ media: "screen" });
await page.evaluate(() => dispatchEvent(new Event("afterprint")));
check((await visible()) < rows || rows <= 200, "print changes the page on the screen");

// the rules of axe-core, as the page stands with a profile open
await page.evaluate(axe);
const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
for (const fault of result.violations) {
  const where = fault.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
  const line = `axe ${fault.impact}: ${fault.id}, ${fault.help} (${fault.nodes.length}: ${where})`;
  if (["serious", "critical"].includes(fault.impact)) problems.push(line);
  else console.log(line);
}

if (screenshot) {
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: screenshot, fullPage: true });
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
if (problems.length) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`${file}: ${size} bytes, ${rows} units, ${shapes} shapes; search, filters, sorting, map, keyboard and axe-core without a fault`);
