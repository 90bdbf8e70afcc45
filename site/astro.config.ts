/**
 * How the portal is built. Everything that differs from build to build comes from the portal command through the
 * environment (see build-input.ts), so that the same input gives the same bytes.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'astro/config';
import { buildInput } from './build-input.ts';

const { base, outDir, cacheDir } = buildInput(process.env);

/** Files that Node itself loads: the configuration and what is worked out of it, once for the pages and for what is written beside them. */
const LOADED_BY_NODE = ['data.ts', 'miniapp-data.ts', 'whitelists.ts', 'lib/markup.ts'].map((file) =>
  realpathSync(join(import.meta.dirname, 'src', file)),
);

export default defineConfig({
  outDir,
  base,
  output: 'static',
  cacheDir: `${cacheDir}/astro`,
  compressHTML: true,
  devToolbar: { enabled: false },
  // Rendering waits on nothing but the disk: some pages at once keep it busy.
  build: { format: 'directory', assets: 'assets', inlineStylesheets: 'never', concurrency: 16 },
  vite: {
    // A strict Content-Security-Policy allows files of our own and nothing inline.
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: { external: LOADED_BY_NODE, makeAbsoluteExternalsRelative: false },
    },
    // Every page names several of these files, so their names are short.
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              entryFileNames: 'assets/[hash].js',
              chunkFileNames: 'assets/[hash].js',
              assetFileNames: 'assets/[hash][extname]',
            },
          },
        },
      },
    },
    cacheDir: `${cacheDir}/vite`,
  },
});
