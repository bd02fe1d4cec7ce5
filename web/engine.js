"use strict";
// The module and how it is asked: what the page (web/assemble.py) and the package for npm (scripts/package) begin with.
let program, engine;

async function begin() {
  // A compression library declares imports for browsers that nothing calls.
  const imports = {};
  for (const { module, name } of WebAssembly.Module.imports(program)) (imports[module] ??= {})[name] = () => 0;
  engine = (await WebAssembly.instantiate(program, imports)).exports;
}

function ask(question) {
  const bytes = new TextEncoder().encode(JSON.stringify(question));
  const room = engine.bhyt_room(bytes.length);
  new Uint8Array(engine.memory.buffer, room, bytes.length).set(bytes);
  const answer = BigInt.asUintN(64, engine.bhyt_ask(room, bytes.length));
  const at = Number(answer >> 32n), length = Number(answer & 0xffffffffn);
  const text = new TextDecoder().decode(new Uint8Array(engine.memory.buffer, at, length));
  engine.bhyt_done(at, length);
  return JSON.parse(text);
}
