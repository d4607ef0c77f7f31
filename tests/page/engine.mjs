// The page's engine without the page: the same riskshare.mjs and riskshare.wasm, run by node.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// What emscripten's start takes for granted in node, and a module does not have.
globalThis.require ??= createRequire(import.meta.url);
globalThis.__dirname ??= import.meta.dirname ?? '.';

export async function startEngine(folder) {
  const start = (await import(pathToFileURL(join(folder, 'riskshare.mjs')))).default;
  const engine = await start({ wasmBinary: readFileSync(join(folder, 'riskshare.wasm')) });
  const withTexts = (texts, work) => {
    const places = texts.map((text) => {
      const room = engine.lengthBytesUTF8(text) + 1;
      const at = engine._malloc(room);
      engine.stringToUTF8(text, at, room);
      return at;
    });
    try {
      return work(...places);
    } finally {
      places.forEach((at) => engine._free(at));
    }
  };
  return {
    keep(name, bytes) {
      const at = engine._malloc(bytes.length || 1);
      engine.HEAPU8.set(bytes, at);
      withTexts([name], (text) => engine._page_keep(text, at, bytes.length));
      engine._free(at);
    },
    drop: (name) => withTexts([name], (at) => engine._page_drop(at)),
    /** The summary of the answer, with its text, talk and JSON, and the bytes of what it made. */
    answer(request, cellsOf = '') {
      const told = withTexts([JSON.stringify(request), cellsOf], (at, of) => JSON.parse(engine.UTF8ToString(engine._page_answer(at, of))));
      const [text, talk, json] = [0, 1, 2].map((which) => engine.UTF8ToString(engine._page_words(which)));
      const made = told.made.map((file, n) => ({ ...file, bytes: Buffer.from(engine.HEAPU8.slice(engine._page_made(n), engine._page_made(n) + file.size)) }));
      return { ...told, text, talk, json, made };
    },
    heap: () => engine.HEAPU8.length,
  };
}
