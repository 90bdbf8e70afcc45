/**
 * How the portal is built. Everything that differs from build to build comes from the portal command through the
 * environment (see build-input.ts), so that the same input gives the same bytes.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { AstroUserConfig } from 'astro';
import type { EnvironmentOptions } from 'vite';
import { buildInput } from './build-input.ts';

const { base, compiledDir, cacheDir } = buildInput(process.env);

/** The project itself, as modules have it in their names. */
export const PROJECT = realpathSync(join(import.meta.dirname, '..')).replaceAll('\\', '/');
/** The path of a module of this project, but of no page; parts of components have a question in theirs (`Page.astro?…lang.ts`). */
const OWN_MODULE = new RegExp(
  `^${PROJECT.replace(/[.*+?^${}()|[\]]/g, '\\$&')}/(?:scripts|site/src/(?!pages/))[^?]*\\.ts$`,
);

/**
 * The code of pages and components is bundled. What they import Node itself loads: once for the pages and for what is written beside them
 * (src/write-files.ts), so that what a module keeps is kept once.
 */
const LOADED_BY_NODE: EnvironmentOptions = {
  build: {
    rolldownOptions: {
      external: OWN_MODULE,
      makeAbsoluteExternalsRelative: false,
    },
  },
};

/** A few lines each, of which every page that has scripts needs some: one file instead of four. */
const BASE_MODULE = /\/(?:core\/(?:defined|problems\/fill)|lib\/(?:dom\.client|text))\.ts$/;

/** Named by its type alone: `astro/config` loads whatever a configuration may name, with an optimizer of SVG 266 modules more. */
export default {
  outDir: `${compiledDir}/client`,
  base,
  output: 'static',
  cacheDir: `${cacheDir}/astro`,
  devToolbar: { enabled: false },
  build: { format: 'directory', assets: 'assets', inlineStylesheets: 'never' },
  vite: {
    // A strict Content-Security-Policy allows files of our own and nothing inline.
    build: { assetsInlineLimit: 0 },
    plugins: [
      { name: 'loaded-by-node', configEnvironment: (name) => (name === 'prerender' ? LOADED_BY_NODE : undefined) },
    ],
    // Every page names several of these files, so their names are short.
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              entryFileNames: 'assets/[hash].js',
              chunkFileNames: 'assets/[hash].js',
              assetFileNames: 'assets/[hash][extname]',
              codeSplitting: { groups: [{ name: 'base', test: BASE_MODULE }] },
            },
          },
        },
      },
    },
    cacheDir: `${cacheDir}/vite`,
  },
} satisfies AstroUserConfig;
