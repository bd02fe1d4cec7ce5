// The page asks the engine and shows what it says: no law, no words and no amounts are made here.
const $ = id => document.getElementById(id);
const VIETNAM = 7 * 3600e3;
// Letters for the digits of base 85, as web/assemble.py writes the engine.
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;[=>?@^_`{|}~";
const KEPT = "bhyt-recipient";
const RECIPIENT = ["bank", "account", "holder"];
let form, lang = "vi", tab = "quote", steps = false, people = [], unique = 0;

// ---- the engine

async function unpack() {
  const { textContent: text, dataset } = $("engine");
  const values = new Uint8Array(128);
  for (let at = 0; at < LETTERS.length; at++) values[LETTERS.charCodeAt(at)] = at;
  const packed = new Uint8Array((text.length / 5) * 4), view = new DataView(packed.buffer);
  for (let at = 0, to = 0; at < text.length; to += 4) {
    let four = 0;
    for (const end = at + 5; at < end; at++) four = four * 85 + values[text.charCodeAt(at)];
    view.setUint32(to, four);
  }
  const plain = new Blob([packed.subarray(0, Number(dataset.length))]).stream().pipeThrough(new DecompressionStream("gzip"));
  program = await WebAssembly.compile(await new Response(plain).arrayBuffer());
  await begin();
}

const today = () => new Date(Date.now() + VIETNAM).toISOString().slice(0, 10);
const day = () => $("day").value;
const run = (line, ...more) => ask({ ask: "run", args: [...line.args, "--lang", lang, ...more], stdin: line.stdin, today: today() });

// ---- fields

function make(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...inside);
  return made;
}

// A browser may write dates in the order of another country: each is said in words beside it.
const inWords = control => control.valueAsDate?.toLocaleDateString(lang, { dateStyle: "long", timeZone: "UTC" }) ?? "";

function saying(control) {
  const said = make("small", {}, inWords(control));
  control.addEventListener("change", () => { said.textContent = inWords(control); });
  return said;
}

function labelled(question, control, check = false) {
  control.id ||= `field-${++unique}`;
  const help = question.help ? [make("small", {}, question.help)] : [];
  return check
    ? make("label", { class: "check", for: control.id }, control, make("span", {}, question.ask))
    : make("label", { for: control.id }, question.ask, ...help, control, ...(control.type === "date" ? [saying(control)] : []));
}

function choices(list, chosen, attributes = {}) {
  const option = ({ value, name }) => {
    const made = make("option", { value }, name);
    made.selected = value === chosen;
    return made;
  };
  const entries = list.map(each => each.choices ? make("optgroup", { label: each.name }, ...each.choices.map(option)) : option(each));
  return make("select", attributes, ...entries);
}

function input(kind, value = "", attributes = {}) {
  const kinds = { number: { type: "number", inputmode: "numeric", min: 0 }, amount: { type: "text", inputmode: "numeric" }, date: { type: "date" }, text: { type: "text" } };
  const made = make("input", { ...kinds[kind], ...attributes });
  made.value = value;
  return made;
}

// ---- people

const group = id => form.groups.flatMap(part => part.choices).find(known => known.value === id);
const newPerson = id => ({ group: id, count: "1", salary: "", card: "", born: "", year: "", yearDay: "", tags: {} });
const dated = tag => (tag.date ? `${tag.name}=${tag.date}` : tag.name);

function tagsOf(person) {
  const tags = Object.entries(person.tags).map(([name, date]) => dated({ name, date }));
  if (person.card) tags.push(dated({ name: "previous-card", date: person.card }));
  const year = form.years.find(known => known.value === person.year);
  if (year && year.value) tags.push(dated({ name: year.value, date: year.birth ? "" : person.yearDay }));
  return tags;
}

function drawPeople() {
  $("people").replaceChildren(...people.map(drawPerson));
  // Nobody of a household that pays by ladder: nobody of it can have paid before.
  $("already").closest("label").hidden = !people.some(person => group(person.group)?.household);
}

function drawPerson(person) {
  const q = form.questions, known = group(person.group);
  const set = key => event => { person[key] = event.target.value; show(); };
  const redraw = key => event => { person[key] = event.target.value; if (key === "group") person.tags = {}; drawPeople(); refocus(event.target); show(); };
  const on = (control, listen) => { control.addEventListener("change", listen); return control; };
  const mark = `person-${people.indexOf(person)}`;
  const parts = [
    labelled(q.group, on(choices(form.groups, person.group, { id: `${mark}-group` }), redraw("group"))),
    labelled(q.people, on(input("number", person.count, { min: 1, id: `${mark}-count` }), set("count"))),
  ];
  if (known?.salary) parts.push(labelled(q.salary, on(input("amount", person.salary, { id: `${mark}-salary` }), set("salary"))));
  const more = [];
  if (known?.school) {
    more.push(labelled(q.school, on(choices(form.years, person.year, { id: `${mark}-year` }), redraw("year"))));
    const year = form.years.find(each => each.value === person.year);
    if (year?.dated && !year.birth) more.push(labelled(q["year-day"], on(input("date", person.yearDay, { id: `${mark}-year-day` }), set("yearDay"))));
  }
  more.push(labelled(q.born, on(input("date", person.born, { id: `${mark}-born` }), redraw("born"))));
  more.push(labelled(q.card, on(input("date", person.card, { id: `${mark}-card` }), set("card"))));
  const near = nearTo(person);
  const details = make("details", { id: `${mark}-more` }, make("summary", {}, form.words.more), ...more);
  details.open = Boolean(person.open);
  details.addEventListener("toggle", () => { person.open = details.open; });
  parts.push(details);
  if (near.length) parts.push(make("fieldset", {}, make("legend", {}, q.support.ask), ...near.flatMap((each, at) => drawNear(person, each, `${mark}-near-${at}`))));
  if (people.length > 1) {
    const remove = make("button", { type: "button", class: "quiet", id: `${mark}-remove` }, form.words["remove-person"]);
    remove.addEventListener("click", () => { people.splice(people.indexOf(person), 1); drawPeople(); show(); $("add").focus(); });
    parts.push(remove);
  }
  return make("fieldset", {}, make("legend", {}, known ? known.name : person.group), ...parts);
}

// What the place adds where more is known; what was ticked stays in the list.
function nearTo(person) {
  const found = ask({
    ask: "near", lang, today: day(), group: person.group, province: $("province").value,
    months: Number($("months").value) || 0, salary: Boolean(group(person.group)?.salary), tags: person.year ? [person.year] : [],
  });
  return Array.isArray(found) ? found.filter(each => each.tags.length) : [];
}

function drawNear(person, near, id) {
  const box = make("input", { type: "checkbox", id });
  box.checked = near.tags.every(tag => tag in person.tags);
  box.addEventListener("change", () => {
    for (const tag of near.tags) box.checked ? (person.tags[tag] = "") : delete person.tags[tag];
    if (box.checked && near.birth) person.open = true;
    drawPeople(); refocus(box); show();
  });
  const parts = [labelled({ ask: near.name }, box, true)];
  if (box.checked && near.date) {
    const date = input("date", person.tags[near.tags[0]], { id: `${id}-date` });
    date.addEventListener("change", () => { for (const tag of near.tags) person.tags[tag] = date.value; show(); });
    parts.push(labelled({ ask: near.date }, date));
  }
  return parts;
}

const refocus = control => $(control.id)?.focus();

// ---- what is asked

const text = value => JSON.stringify(value);
const bare = value => (/^\d{4}-\d\d-\d\d$|^\d+$|^true$|^false$/.test(value) ? value : text(value));
const lines = pairs => pairs.filter(([, value]) => value !== "").map(([key, value]) => `${key} = ${value}`).join("\n");

function quoteLine() {
  const head = lines([
    ["paid-on", bare(day())], ["months", bare($("months").value)],
    ["already", $("already").closest("label").hidden || !$("already").value ? "" : bare($("already").value)],
    ["province", $("province").value && text($("province").value)],
  ]);
  const member = person => "\n\n[[members]]\n" + lines([
    ["group", text(person.group)], ["born", person.born && bare(person.born)],
    ["salary", group(person.group)?.salary && person.salary ? text(person.salary) : ""],
    ["tags", tagsOf(person).length ? text(tagsOf(person)) : ""],
  ]);
  const all = people.map(person => member(person).repeat(Math.min(Math.max(Number(person.count) || 0, 0), 100)));
  return { args: ["quote", "-"], stdin: head + all.join("") + "\n" };
}

function visitLine() {
  const given = form.visit.map(({ key, kind }) => {
    const value = $(`visit-${key}`).value.trim();
    return [key, value && (kind === "amount" || key === "visit-code" ? text(value) : bare(value))];
  });
  const head = [["group", text($("visit-group").value)], ["discharged", bare(day())]];
  return { args: ["claim", "-"], stdin: lines([...head, ...given]) + "\n" };
}

const line = () => (tab === "quote" ? quoteLine() : visitLine());

function recipient() {
  const given = RECIPIENT.map(key => $(`to-${key}`).value.trim());
  return tab === "quote" && given.every(Boolean) ? ["--transfer-to", given.map(part => part.replaceAll(":", " ")).join(":")] : [];
}

// ---- what is shown

function show() {
  try {
    answer();
  } catch {
    // A trap ends an instance; the next one starts fresh.
    fail(form.words.broken);
    begin().then(() => {});
  }
}

function fail(...texts) {
  $("answer").replaceChildren(make("div", { class: "failed", role: "alert" }, ...texts.filter(Boolean).map(each => make("p", {}, each))));
  $("after").hidden = $("message-label").hidden = true;
}

function answer() {
  const asked = line();
  let to = recipient();
  let said = run(asked, "--format", "html", ...to, ...(steps ? ["--explain"] : []));
  const unsent = said.code > 1 && to.length > 0;
  if (unsent) {
    to = [];
    said = run(asked, "--format", "html", ...(steps ? ["--explain"] : []));
  }
  if (said.code > 1) {
    const { error } = JSON.parse(run(asked, "--json").stdout || "{}");
    return error ? fail(error.message, error.hint) : fail(said.stderr);
  }
  const page = new DOMParser().parseFromString(said.stdout, "text/html");
  for (const table of page.querySelectorAll("table")) {
    const scroll = page.createElement("div");
    scroll.className = "scroll";
    scroll.tabIndex = 0;
    table.replaceWith(scroll);
    scroll.append(table);
  }
  $("answer").replaceChildren(...page.body.childNodes);
  if (unsent) $("answer").prepend(make("p", { class: "failed", role: "alert" }, form.words["transfer-wrong"]));
  $("after").hidden = false;
  $("why").textContent = form.words[steps ? "why-not" : "why"];
  $("why").setAttribute("aria-pressed", steps);
  $("copy").textContent = form.words.copy;
  const isQuote = tab === "quote";
  $("copy").hidden = $("message-label").hidden = !isQuote;
  if (isQuote) {
    $("message").value = run(asked, "--format", "chat", ...to).stdout.trim();
    $("message").rows = $("message").value.split("\n").length + 1;
  }
}

// The engine's own sheet, in a tree of its own so that its style and the page's do not meet.
function lay() {
  const said = run(line(), "--format", "html", ...recipient());
  const page = new DOMParser().parseFromString(said.stdout, "text/html");
  const style = page.querySelector("style")?.textContent ?? "";
  $("paper").textContent = style.match(/@page\{[^}]*\}/)?.[0] ?? "";
  const sheet = $("sheet").shadowRoot ?? $("sheet").attachShadow({ mode: "open" });
  sheet.replaceChildren(make("style", {}, style), page.body);
}

async function copy() {
  const message = $("message");
  try {
    await navigator.clipboard.writeText(message.value);
  } catch {
    message.select();
    document.execCommand("copy");
  }
  $("copy").textContent = form.words.copied;
}

// ---- the page

function drawForm() {
  const kept = id => $(id)?.value;
  const before = { months: kept("months"), already: kept("already"), province: kept("province"), visit: new Map() };
  for (const control of $("visit").querySelectorAll("input,select")) before.visit.set(control.id, control.value);
  form = ask({ ask: "form", lang, today: day() });
  document.documentElement.lang = form.lang;
  document.title = form.words.title;
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = form.words[each.dataset.word];
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", form.words[each.dataset.label]);
  $("language").lang = form.lang === "vi" ? "en" : "vi";
  nameDay();
  const q = form.questions;
  if (!people.length) people = [newPerson(form.groups[0].choices[0].value)];
  $("household").replaceChildren(
    make("div", { class: "pair" }, labelled({ ask: q.months.ask }, input("number", before.months ?? form.months, { id: "months", min: 1 })), labelled({ ask: q.already.ask }, input("number", before.already ?? "", { id: "already", placeholder: "0" }))),
    labelled(q.province, choices(form.provinces, before.province ?? "", { id: "province" })),
  );
  const field = ({ key, ask, kind, choices: list }) => {
    const id = `visit-${key}`, value = before.visit.get(id) ?? "";
    return labelled({ ask }, kind === "choice" ? choices(list, value, { id }) : input(kind, value, { id }));
  };
  const whose = labelled(q.group, choices(form.groups, before.visit.get("visit-group") ?? form.groups[0].choices[0].value, { id: "visit-group" }));
  const open = $("visit").querySelector("details")?.open;
  const more = make("details", {}, make("summary", {}, form.words.more), ...form.visit.filter(each => !each.first).map(field));
  more.open = Boolean(open);
  $("visit").replaceChildren(whose, ...form.visit.filter(each => each.first).map(field), more);
  drawRecipient();
  drawPeople();
}

function drawRecipient() {
  const before = $("keep") ? Object.fromEntries(RECIPIENT.map(key => [key, $(`to-${key}`).value])) : stored();
  const keep = make("input", { type: "checkbox", id: "keep" });
  keep.checked = $("keep") ? $("keep").checked : Boolean(before);
  $("recipient").replaceChildren(
    ...RECIPIENT.map(key => labelled({ ask: form.words[key] }, input("text", before?.[key] ?? "", { id: `to-${key}` }))),
    labelled({ ask: form.words.keep }, keep, true),
  );
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

function store() {
  try {
    if ($("keep").checked) localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(RECIPIENT.map(key => [key, $(`to-${key}`).value]))));
    else localStorage.removeItem(KEPT);
  } catch {
    $("keep").checked = false;
  }
}

function choose(name) {
  tab = name;
  for (const each of ["quote", "visit"]) {
    $(each).hidden = each !== name;
    $(`tab-${each}`).setAttribute("aria-selected", each === name);
    $(`tab-${each}`).tabIndex = each === name ? 0 : -1;
  }
  nameDay();
  show();
}

function nameDay() {
  $("day-name").textContent = form.words[`day-${tab}`];
  $("day-said").textContent = inWords($("day"));
}

function listen() {
  $("language").addEventListener("click", () => { lang = lang === "vi" ? "en" : "vi"; drawForm(); show(); });
  $("day").addEventListener("change", () => { if (day()) { drawForm(); show(); } });
  for (const name of ["quote", "visit"]) {
    $(`tab-${name}`).addEventListener("click", () => choose(name));
    $(`tab-${name}`).addEventListener("keydown", event => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      choose(name === "quote" ? "visit" : "quote");
      $(`tab-${tab}`).focus();
    });
    $(name).addEventListener("submit", event => event.preventDefault());
  }
  $("household").addEventListener("change", () => { drawPeople(); show(); });
  $("visit").addEventListener("change", show);
  $("recipient").addEventListener("change", () => { store(); show(); });
  $("add").addEventListener("click", () => {
    people.push(newPerson(form.groups[0].choices[people.length % form.groups[0].choices.length].value));
    drawPeople(); show(); $(`person-${people.length - 1}-group`).focus();
  });
  $("why").addEventListener("click", () => { steps = !steps; show(); });
  $("print").addEventListener("click", () => { lay(); print(); });
  addEventListener("beforeprint", lay);
  $("copy").addEventListener("click", copy);
}

async function start() {
  $("day").value = today();
  await unpack();
  drawForm();
  listen();
  show();
  performance.mark("answered");
  // Served from somewhere, the page keeps itself for days without a network.
  if (location.protocol.startsWith("http")) {
    document.head.append(make("link", { rel: "manifest", href: "bhyt.webmanifest" }));
    navigator.serviceWorker?.register("bhyt-offline.js").catch(() => {});
  }
}

// For tests: what the page would ask now, and what the program answers in JSON.
const bhyt = { line, json: () => run(line(), "--json"), run };
start();
