/** A site of nearly empty pages built by the same generator with the same settings: what a page costs whatever is on it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');

/** Writes the site's source below node_modules, where it finds astro; gives its folder and how to remove it. */
export function writeEmptySite(): { root: string; remove(): void } {
  const cache = join(PROJECT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const root = mkdtempSync(join(cache, 'bench-'));
  mkdirSync(join(root, 'src/pages'), { recursive: true });
  const files = {
    'package.json': '{ "type": "module" }\n',
    'astro.config.mjs': `export default { outDir: process.env.BENCH_OUT, cacheDir: './cache', compressHTML: true,
  build: { format: 'directory', inlineStylesheets: 'never', concurrency: 16 }, devToolbar: { enabled: false } };\n`,
    'src/pages/[id].astro': `---
export const getStaticPaths = () => Array.from({ length: Number(process.env.BENCH_PAGES) }, (_, n) => ({ params: { id: \`p\${n}\` } }));
const { id } = Astro.params;
---
<!doctype html><html lang="en"><head><title>{id}</title></head><body><h1>{id}</h1></body></html>\n`,
    'build.mjs': `import { build } from 'astro';\nawait build({ root: import.meta.dirname, logLevel: 'error' });\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
