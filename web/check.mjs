// Tries the page in a real browser: node check.mjs BHYT FOLDER CHROMIUM [PICTURES]. The program beside it is the judge: 300 random
// households and 100 random visits are filled in by hand, as it were, and must equal what its command line says, byte for byte.
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [program, folder, browserPath, pictures] = process.argv.slice(2).map((each, at) => (at === 2 ? each : resolve(each)));
const HOUSEHOLDS = Number(process.env.BHYT_HOUSEHOLDS ?? 300), VISITS = Number(process.env.BHYT_VISITS ?? 100);
const failures = [];
const check = (holds, what) => { if (!holds) failures.push(what); };

let state = 20261127;
const below = limit => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * limit); };
const pick = list => list[below(list.length)];
const chance = percent => below(100) < percent;
const dayBetween = (from, until) => new Date(Date.parse(from) + below((Date.parse(until) - Date.parse(from)) / 864e5) * 864e5).toISOString().slice(0, 10);

const cli = (args, input) => {
  const done = spawnSync(program, args, { input, encoding: "utf8", env: { LANG: "vi_VN.UTF-8" } });
  return { code: done.status, stdout: done.stdout };
};

// The same bytes; where there is no answer, the same reason (flags and files are refused with exit codes of their own).
const agree = (found, expected) => expected.code <= 1
  ? found.code === expected.code && found.stdout === expected.stdout
  : found.code > 1 && JSON.parse(found.stdout).error.code === JSON.parse(expected.stdout).error.code;

// ---- the page, by its controls alone

const set = (page, id, value) => page.evaluate(([id, value]) => {
  const control = document.getElementById(id);
  if (!control) throw new Error(`no control ${id}`);
  if (control.type === "checkbox") control.checked = value; else control.value = value;
  if (control.tagName === "SELECT" && control.value !== value) throw new Error(`${id} has no ${value}`);
  control.dispatchEvent(new Event("change", { bubbles: true }));
}, [id, value]);
const click = (page, id) => page.evaluate(id => document.getElementById(id).click(), id);
const has = (page, id) => page.evaluate(id => Boolean(document.getElementById(id)), id);
const values = (page, id) => page.evaluate(id => [...document.getElementById(id).options].map(each => each.value), id);
const ready = page => page.evaluate(async () => {
  while (!performance.getEntriesByName("answered").length) await new Promise(next => setTimeout(next, 5));
});

async function household(page, number) {
  await set(page, "day", dayBetween("2015-01-01", "2026-12-01"));
  await page.evaluate(() => { people = []; drawForm(); });
  const household = { paidOn: await page.inputValue("#day"), months: pick([3, 6, 12, 12, 1 + below(16)]), province: "", already: 0, people: [] };
  if (chance(60)) household.province = pick(await values(page, "province"));
  await set(page, "months", String(household.months));
  await set(page, "province", household.province);
  const rows = pick([1, 1, 1, 2, 3]);
  for (let row = 0; row < rows; row++) {
    if (row) await click(page, "add");
    const at = name => `person-${row}-${name}`;
    const person = { group: number % 3 ? pick(await values(page, at("group"))) : "household", count: pick([1, 1, 2, 3, 4]), tags: [] };
    await set(page, at("group"), person.group);
    await set(page, at("count"), String(person.count));
    if (await has(page, at("salary"))) await set(page, at("salary"), (person.salary = pick(["4.500.000", "12000000", "61.000.000"])));
    if (chance(25)) await set(page, at("born"), (person.born = dayBetween("1940-01-01", "2014-12-31")));
    if ((await has(page, at("year"))) && chance(50)) {
      const year = pick(await values(page, at("year")));
      await set(page, at("year"), year);
      let date = "";
      if (await has(page, at("year-day"))) await set(page, at("year-day"), (date = dayBetween("2015-08-01", "2026-09-30")));
      if (year) person.yearTag = date ? `${year}=${date}` : year;
    }
    if ((await has(page, at("near-0"))) && chance(60)) {
      const [tags, dated] = await page.evaluate(([box, at]) => {
        document.getElementById(box).click();
        return [Object.keys(people[at].tags), Boolean(document.getElementById(`${box}-date`))];
      }, [at("near-0"), row]);
      const date = dated && chance(70) ? dayBetween("2014-01-01", "2026-11-01") : "";
      if (date) await set(page, at("near-0-date"), date);
      person.tags.push(...tags.map(tag => (date ? `${tag}=${date}` : tag)));
    }
    if (chance(20)) {
      const day = dayBetween("2014-06-01", "2026-12-31");
      await set(page, at("card"), day);
      person.tags.push(`previous-card=${day}`);
    }
    if (person.yearTag) person.tags.push(person.yearTag);
    household.people.push(person);
  }
  const asks = await page.evaluate(() => !document.getElementById("already").closest("label").hidden);
  household.already = asks ? below(4) : 0;
  await set(page, "already", household.already ? String(household.already) : "");
  return household;
}

// The same household for the command line: by flags where they can say it, else as a file.
function householdLine({ paidOn, months, province, already, people }) {
  const [first] = people;
  if (people.length === 1) {
    const flags = ["quote", "--group", first.group, "--members", `${first.count}`, "--months", `${months}`, "--paid-on", paidOn];
    if (province) flags.push("--province", province);
    if (already) flags.push("--already", `${already}`);
    if (first.salary) flags.push("--salary", first.salary);
    if (first.born) flags.push("--born", first.born);
    return [[...flags, ...first.tags.flatMap(tag => ["--tag", tag])], ""];
  }
  const file = [`months = ${months}`, `paid-on = ${paidOn}`];
  if (province) file.push(`province = "${province}"`);
  if (already) file.push(`already = ${already}`);
  for (const person of people) {
    for (let each = 0; each < person.count; each++) {
      file.push("[[members]]", `group = "${person.group}"`, `tags = [${person.tags.map(tag => `"${tag}"`).join(", ")}]`);
      if (person.salary) file.push(`salary = "${person.salary}"`);
      if (person.born) file.push(`born = ${person.born}`);
    }
  }
  return [["quote", "-"], file.join("\n")];
}

async function visit(page) {
  const file = {};
  file.discharged = dayBetween("2015-01-01", "2026-12-01");
  await set(page, "day", file.discharged);
  await page.evaluate(() => { for (const each of document.querySelectorAll("#visit input, #visit select:not(#visit-group)")) each.value = ""; });
  const give = async (key, value, written) => { if (value !== "") { await set(page, `visit-${key}`, value); file[key] = written; } };
  const group = pick(await values(page, "visit-group"));
  await give("group", group, `"${group}"`);
  for (const key of ["hospital-cost", "covered-cost"]) {
    if (key === "covered-cost" && (chance(40) || below(2))) continue;
    const cost = key === "covered-cost" ? Math.floor(file.cost * 0.8) : 50_000 + below(40_000_000);
    file.cost ??= cost;
    await give(key, String(cost), cost);
  }
  delete file.cost;
  const code = chance(50) ? pick(await values(page, "visit-visit-code")) : "";
  if (code) await give("visit-code", code, `"${code}"`);
  else for (const key of ["route", "care-level"]) { const value = pick(await values(page, `visit-${key}`)); await give(key, value, `"${value}"`); }
  for (const key of ["setting", "residence", "former-tier", "registered-level", "disease-list"]) {
    const value = chance(key === "setting" ? 90 : 15) ? pick(await values(page, `visit-${key}`)) : "";
    await give(key, value, `"${value}"`);
  }
  if (chance(30)) { const value = pick(["true", "false"]); await give("same-province", value, value); }
  if (chance(30)) { const days = new Date(Date.parse(file.discharged) - below(9) * 864e5).toISOString().slice(0, 10); await give("admitted", days, days); }
  if (chance(30)) { const since = dayBetween("2010-01-01", "2022-01-01"); await give("five-years-since", since, since); }
  if (chance(30)) { const paid = below(16_000_000); await give("copaid-this-year", String(paid), paid); }
  if (chance(20)) { const points = below(100); await give("points", String(points), points); }
  return Object.entries(file).map(([key, value]) => `${key} = ${value}`).join("\n");
}

// ---- what a person meets

// Every control has a name; every text stands out from its ground by 4.5 to 1; nothing is wider than the screen.
const faults = page => page.evaluate(() => {
  const found = [];
  for (const control of document.querySelectorAll("input,select,textarea,button")) {
    const name = control.labels?.length || control.textContent.trim() || control.getAttribute("aria-label");
    if (!name) found.push(`no name: ${control.outerHTML.slice(0, 80)}`);
  }
  const light = colour => {
    const parts = colour.match(/[\d.]+/g).slice(0, 3).map(part => part / 255).map(part => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!/, 0\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.offsetParent) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`contrast: ${element.textContent.slice(0, 40)}`);
  }
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) found.push(`wider than the screen: ${wide} > ${innerWidth}`);
  for (const word of document.body.innerText.match(/undefined|\[object|NaN/g) ?? []) found.push(word);
  return found;
});

// By keyboard alone: Tab reaches every control that can be seen, and the one that has the focus shows it.
async function byKeyboard(page) {
  const wanted = await page.evaluate(() => {
    const controls = [...document.querySelectorAll("input,select,textarea,button,summary,a[href]")];
    const seen = controls.filter(each => each.checkVisibility() && !each.disabled && each.tabIndex >= 0);
    seen.forEach((each, at) => (each.dataset.at = at));
    document.activeElement.blur();
    return seen.map(each => each.id || each.textContent.trim().slice(0, 30));
  });
  const reached = new Set(), shows = new Set();
  // A date is several stops: day, month, year, calendar.
  for (let press = 0; press < wanted.length * 5; press++) {
    await page.keyboard.press("Tab");
    const [at, shown] = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return [document.activeElement.dataset.at, style.outlineStyle !== "none" || style.boxShadow !== "none"];
    });
    if (at === undefined) continue;
    reached.add(Number(at));
    if (shown) shows.add(Number(at));
  }
  const without = (those, what) => wanted.filter((_, at) => !those.has(at)).map(name => `${what} ${name}`);
  return [...without(reached, "Tab does not reach"), ...without(shows, "the focus is not seen on")];
}

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
const file = join(folder, "bhyt.html"), address = pathToFileURL(file).href;
const requests = [], complaints = [];
const watch = page => {
  page.on("request", request => requests.push(request.url()));
  page.on("console", message => { if (message.type() === "error" || message.type() === "warning") complaints.push(message.text()); });
  page.on("pageerror", error => complaints.push(String(error)));
  return page;
};
const open = async (context, where = address) => {
  const page = watch(await context.newPage());
  await page.goto(where);
  await ready(page);
  return page;
};

// How soon: the best of five, from the page having arrived.
const times = [];
for (let each = 0; each < 5; each++) {
  const page = await open(await browser.newContext());
  times.push(await page.evaluate(() => {
    const [whole] = performance.getEntriesByType("navigation"), answered = performance.getEntriesByName("answered")[0].startTime;
    return { loaded: answered - whole.loadEventEnd, opened: answered - whole.responseEnd };
  }));
  await page.context().close();
}
const best = key => Math.round(Math.min(...times.map(each => each[key])));

const page = await open(await browser.newContext({ viewport: { width: 1280, height: 900 } }));
let answered = { quotes: 0, visits: 0 };
for (let number = 0; number < HOUSEHOLDS; number++) {
  const [args, input] = householdLine(await household(page, number));
  const found = await page.evaluate(() => bhyt.json());
  const expected = cli([...args, "--json", "--lang", "vi"], input);
  answered.quotes += expected.code <= 1;
  check(agree(found, expected), `household ${number}: ${args.join(" ")} ${input}: ${found.code}, ${expected.code}; the page asked ${await page.evaluate(() => bhyt.line().stdin)}`);
}
await click(page, "tab-visit");
for (let number = 0; number < VISITS; number++) {
  const input = await visit(page);
  const found = await page.evaluate(() => bhyt.json());
  const expected = cli(["claim", "-", "--json", "--lang", "vi"], input);
  answered.visits += expected.code <= 1;
  check(agree(found, expected), `visit ${number}: ${input}: ${found.code}, ${expected.code}`);
}
check(answered.quotes > HOUSEHOLDS / 2, `only ${answered.quotes} households have an answer`);
check(answered.visits > VISITS / 2, `only ${answered.visits} visits have an answer`);

// On a phone and on a desk, in both languages.
if (pictures) mkdirSync(pictures, { recursive: true });
let clerk = 0;
for (const width of [360, 1280]) {
  const page = await open(await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 900 } }));
  const shoot = async name => { if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true }); };
  const look = async name => { for (const fault of await faults(page)) failures.push(`${name} at ${width}: ${fault}`); await shoot(name); };
  const begun = Date.now();
  await set(page, "day", "2026-08-01");
  await page.selectOption("#person-0-group", "household");
  await page.fill("#person-0-count", "4");
  await page.fill("#months", "12");
  await page.selectOption("#province", "gia-lai");
  await page.locator("#months").press("Tab");
  await page.evaluate(() => lay());
  const sheet = await page.pdf({ preferCSSPageSize: true });
  clerk = Date.now() - begun;
  check(sheet.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length === 1, "the sheet is one page");
  check(/\/MediaBox\s*\[0 0 (419|420)/.test(sheet.toString("latin1")), "the sheet is A5");
  check((await page.inputValue("#message")).includes("3.825.360"), "the message names the sum");
  check((await page.innerText("#answer")).includes("3.825.360"), "the answer names the sum");
  check(/1 tháng 8,? 2026/.test(await page.innerText("#day-said")), "the day is said in words");
  await look("quote");
  await click(page, "why");
  check((await page.innerText("#answer")).includes("2.530.000 × 4,5% × 12"), "the steps show the formula");
  await look("why");
  await click(page, "why");
  await page.evaluate(() => { document.getElementById("transfer").open = true; });
  for (const [key, value] of [["bank", "Vietcombank"], ["account", "0123456789"], ["holder", "NGUYEN VAN MAU"]]) await set(page, `to-${key}`, value);
  check(await page.evaluate(() => Boolean(document.querySelector("#answer svg"))), "the QR code is drawn");
  check((await page.evaluate(() => localStorage.length)) === 0, "nothing is kept that nobody asked to keep");
  await look("transfer");
  await set(page, "to-bank", "Không có");
  check(await page.evaluate(() => Boolean(document.querySelector("#answer [role=alert]")) && document.getElementById("answer").innerText.includes("3.825.360")), "a wrong bank is said, the quote stays");
  await set(page, "keep", true);
  check((await page.evaluate(() => localStorage.length)) === 1, "what is to be kept is kept");
  await set(page, "keep", false);
  check((await page.evaluate(() => localStorage.length)) === 0, "what is no longer to be kept is gone");
  await set(page, "months", "77");
  check(await page.evaluate(() => Boolean(document.querySelector("#answer [role=alert]"))), "a wrong number of months is refused");
  await look("refused");
  await set(page, "months", "12");
  await click(page, "add");
  await look("several");
  for (const fault of await byKeyboard(page)) failures.push(`keyboard at ${width}: ${fault}`);
  await page.locator("#tab-quote").focus();
  await page.keyboard.press("ArrowRight");
  check(await page.isVisible("#visit"), "the arrow key turns to the visit");
  await set(page, "visit-hospital-cost", "10.000.000");
  await set(page, "visit-route", "referred");
  await set(page, "visit-care-level", "basic");
  await set(page, "visit-setting", "inpatient");
  check((await page.innerText("#answer")).includes("8.000.000"), "the visit is answered");
  await look("visit");
  await click(page, "language");
  check((await page.innerText("#answer")).includes("8,000,000"), "the language changes, the choices stay");
  await look("visit-en");
  await click(page, "tab-quote");
  await look("quote-en");
  await page.context().close();
}
check(requests.every(url => url === address), `requests left the page: ${[...new Set(requests)].filter(url => url !== address)}`);
check(!complaints.length, `the browser complains: ${[...new Set(complaints)].join("; ")}`);

// Served from somewhere: its own files only, and the page opens again without a network.
const server = createServer((request, response) => {
  const name = new URL(request.url, "http://h").pathname.slice(1);
  try {
    const kind = { html: "text/html", js: "text/javascript", webmanifest: "application/manifest+json" }[name.split(".").pop()];
    response.writeHead(200, { "content-type": kind }).end(readFileSync(join(folder, name)));
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, "127.0.0.1");
await new Promise(listening => server.once("listening", listening));
const home = `http://127.0.0.1:${server.address().port}`;
requests.length = 0;
const served = await browser.newContext();
const first = await open(served, `${home}/bhyt.html`);
await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
await first.waitForTimeout(300);
const devtools = await served.newCDPSession(first);
const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
check(installabilityErrors.every(each => each.errorId === "in-incognito"), `not installable: ${JSON.stringify(installabilityErrors)}`);
server.close();
server.closeAllConnections();
await served.setOffline(true);
await first.reload();
await ready(first);
check((await first.innerText("#answer")).length > 100, "the page answers without a network");
check(requests.every(url => url.startsWith(`${home}/`) || url.startsWith("data:")), `requests left the server: ${requests}`);
await browser.close();

console.log(`bhyt.html ${statSync(file).size} bytes; first answer ${best("loaded")} ms after the load event, ${best("opened")} ms after the last byte`);
console.log(`${HOUSEHOLDS} households (${answered.quotes} with an answer), ${VISITS} visits (${answered.visits}); date to printed sheet ${clerk} ms by machine`);
if (failures.length) {
  console.error(`${failures.length} failures:\n${failures.slice(0, 20).join("\n")}`);
  process.exit(1);
}
