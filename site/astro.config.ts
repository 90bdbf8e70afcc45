/**
 * How the portal is built. Everything that differs from build to build comes from the portal command through the
 * environment (see build-input.ts), so that the same input gives the same bytes.
 */
import { defineConfig } from 'astro/config';
import { messages } from '../scripts/core/problems/messages.ts';
import { buildInput } from './build-input.ts';
import { IN_BROWSER, words } from './src/i18n/index.ts';

const { base, outDir, cacheDir } = buildInput(process.env);

/** Sentences of the catalogue that only terminals and pull requests show. */
const NOT_IN_BROWSER: ReadonlySet<string> = new Set(['problems', 'requests']);

export default defineConfig({
  outDir,
  base,
  output: 'static',
  trailingSlash: 'always',
  cacheDir: `${cacheDir}/astro`,
  compressHTML: true,
  devToolbar: { enabled: false },
  // Rendering waits on nothing but the disk: some pages at once keep it busy.
  build: { format: 'directory', assets: 'assets', inlineStylesheets: 'never', concurrency: 16 },
  vite: {
    // A strict Content-Security-Policy allows files of our own and nothing inline.
    build: { assetsInlineLimit: 0 },
    cacheDir: `${cacheDir}/vite`,
    plugins: [
      {
        // Words are most of what scripts would weigh: what no script says stays out of them.
        name: 'words-in-browser',
        enforce: 'pre',
        load(id, options) {
          const [, kind, language] = /\/(i18n|messages)\/(en|zh)\.ts$/.exec(id) ?? [];
          if (options?.ssr === true || (language !== 'en' && language !== 'zh')) return undefined;
          const isSaid = (group: string): boolean =>
            kind === 'i18n' ? (IN_BROWSER as readonly string[]).includes(group) : !NOT_IN_BROWSER.has(group);
          const all: object = (kind === 'i18n' ? words : messages)[language];
          const said = Object.entries(all).filter(([group]) => isSaid(group));
          return `export const ${language} = ${JSON.stringify(Object.fromEntries(said))};`;
        },
      },
      {
        // Keeps `src/data.ts` out of the bundle: the pages import the one that Node has loaded.
        name: 'one-data',
        enforce: 'pre',
        resolveId(source, _importer, options) {
          const isData = options.ssr === true && /(?:^|\/)data\.ts$/.test(source);
          return isData ? { id: new URL('src/data.ts', import.meta.url).href, external: true } : undefined;
        },
      },
    ],
  },
});
