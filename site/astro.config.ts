/**
 * How the portal is built. Everything that differs from build to build comes from the portal command through the
 * environment (see build-input.ts), so that the same input gives the same bytes.
 */
import { defineConfig } from 'astro/config';
import { buildInput } from './build-input.ts';

const { base, outDir } = buildInput(process.env);

export default defineConfig({
  outDir,
  base,
  output: 'static',
  trailingSlash: 'always',
  cacheDir: '../node_modules/.cache/astro',
  compressHTML: true,
  devToolbar: { enabled: false },
  // Rendering waits on nothing but the disk: some pages at once keep it busy.
  build: { format: 'directory', assets: 'assets', inlineStylesheets: 'never', concurrency: 16 },
  vite: {
    // A strict Content-Security-Policy allows files of our own and nothing inline.
    build: { assetsInlineLimit: 0 },
    cacheDir: '../node_modules/.cache/vite',
    plugins: [
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
