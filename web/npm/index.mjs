// (Behind web/engine.js.) The program as a module: what `bhyt quote -` and `bhyt claim -` answer to a file, as JSON. Nothing is read from or sent to anywhere.
const VIETNAM = 7 * 3600e3;

async function load() {
  const where = new URL("bhyt.wasm", import.meta.url);
  const bytes = where.protocol === "file:"
    ? await (await import("node:fs/promises")).readFile(where)
    : await (await fetch(where)).arrayBuffer();
  return WebAssembly.compile(bytes);
}

program = await load();
await begin();

/** Runs a command line (`quote`, `claim`) without files: the exit code and both streams. */
export function run(args, { stdin = "", today = new Date(Date.now() + VIETNAM).toISOString().slice(0, 10) } = {}) {
  return ask({ ask: "run", args, stdin, today });
}

// Keys and plain values first, tables after them, as TOML wants it.
function toml(value, path = []) {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const isTables = each => Array.isArray(each) && each.length > 0 && each.every(item => item && typeof item === "object");
  const isTable = each => each && typeof each === "object" && !Array.isArray(each);
  const own = entries.filter(([, each]) => !isTables(each) && !isTable(each)).map(([key, each]) => `${key} = ${JSON.stringify(each)}\n`);
  const below = entries.flatMap(([key, each]) => {
    const name = [...path, key].join(".");
    if (isTable(each)) return [`[${name}]\n${toml(each, [...path, key])}`];
    return isTables(each) ? each.map(item => `[[${name}]]\n${toml(item, [...path, key])}`) : [];
  });
  return [...own, ...below].join("");
}

function answer(command, input, { lang = "vi", format = "json", today, args = [] } = {}) {
  const said = run([command, "-", "--lang", lang, "--format", format, ...args], { stdin: toml(input), today });
  if (format !== "json") {
    if (said.code > 1) throw new Error(said.stderr);
    return said.stdout;
  }
  return JSON.parse(said.stdout);
}

/** Premium of a household: keys as in the file that `bhyt template quote` writes. */
export const quote = (household, options) => answer("quote", household, options);
/** What the fund pays for a visit: keys as in the file that `bhyt template claim` writes. */
export const claim = (visit, options) => answer("claim", visit, options);
