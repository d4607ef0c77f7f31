// Everything in one file: the script, the styles, and the library as WebAssembly, zipped and written in base64.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

// Where tools/package/wasm has put riskshare.mjs and riskshare.wasm.
const built = process.env.RISKSHARE_WASM ?? '../../build-wasm';

/** As small as libdeflate makes it, a twentieth less than zlib; by zlib where libdeflate's command is not there. */
function zipped(path: string): Buffer {
  const small = spawnSync('libdeflate-gzip', ['-12', '-c', path], { maxBuffer: 1 << 28 });
  return small.status === 0 ? small.stdout : gzipSync(readFileSync(path), { level: 9 });
}

/** The script and the styles move into the page; its policy allows these two by their sums, and nothing else. */
function oneFile(): Plugin {
  const sum = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = Object.values(bundle).find((part) => part.fileName.endsWith('.html'));
      if (page?.type !== 'asset') throw new Error('there is no page to put everything into');
      let script = '';
      let styles = '';
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type === 'chunk') script += part.code;
        else if (name.endsWith('.css')) styles += String(part.source);
        else continue;
        delete bundle[name];
      }
      script = script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
      const policy = [
        "default-src 'none'",
        `script-src ${sum(script)} 'wasm-unsafe-eval'`,
        `style-src ${sum(styles)}`,
        'worker-src blob:',
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ');
      const engine = zipped(resolve(built, 'riskshare.wasm')).toString('base64');
      page.source = String(page.source)
        .replace(/<script type="module"[^>]*><\/script>\s*/, '')
        .replace(/<link rel="(stylesheet|modulepreload)"[^>]*>\s*/g, '')
        .replace('<!--policy-->', () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`)
        .replace('<!--styles-->', () => `<style>${styles}</style>`)
        .replace(
          '<!--script-->',
          () => `<script type="text/plain" id="engine">${engine}</script>\n<script type="module">${script}</script>`,
        );
    },
  };
}

export default defineConfig({
  base: './',
  resolve: { alias: { 'riskshare-engine': resolve(built, 'riskshare.mjs') } },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  worker: { format: 'iife' },
  css: { preprocessorOptions: { scss: { quietDeps: true, loadPaths: [fileURLToPath(new URL('node_modules', import.meta.url))] } } },
  build: {
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    outDir: process.env.RISKSHARE_PAGE ?? 'dist',
    emptyOutDir: true,
  },
  plugins: [oneFile()],
});
