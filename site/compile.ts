/**
 * Compiles the pages, and bundles what browsers run, in a process of its own: Astro keeps state between builds. The portal command starts it
 * where the same was not compiled before; it reads no configuration. Into a folder come `server/`, which `src/render.ts` loads, and `client/`.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type AstroIntegration } from 'astro';
import type { Plugin } from 'vite';
import { isCompiledOf } from '../scripts/portal/compiled.ts';
import config, { PROJECT } from './astro.config.ts';
import { buildInput } from './build-input.ts';

// The parent process has ended, so nobody uses the result.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();

const { compiledDir } = buildInput(process.env);
const server = { folder: '', entry: '' };

/** What pages are compiled to begins with src/portal-pages.ts; every module is of what `compiledKey` looks at. */
const compiling: Plugin = {
  name: 'compiled-pages',
  configEnvironment: (name) =>
    name === 'prerender'
      ? { build: { rolldownOptions: { input: join(import.meta.dirname, 'src/portal-pages.ts') } } }
      : undefined,
  buildEnd() {
    for (const id of this.getModuleIds()) {
      const path = id.startsWith(`${PROJECT}/`) ? id.slice(PROJECT.length + 1).split('?')[0]! : 'node_modules/';
      if (!path.startsWith('node_modules/') && !isCompiledOf(path))
        throw new Error(
          `${path} is compiled into pages, and scripts/portal/compiled.ts looks at no folder that holds it`,
        );
    }
  },
  writeBundle({ dir = '' }, bundle) {
    if (this.environment.name !== 'prerender') return;
    const isEntry = (chunk: (typeof bundle)[string]) =>
      chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('/portal-pages.ts') === true;
    Object.assign(server, { folder: dir, entry: Object.values(bundle).find(isEntry)!.fileName });
  },
};

const compiled: AstroIntegration = {
  name: 'compiled-pages',
  hooks: {
    'astro:config:setup': ({ updateConfig }) => void updateConfig({ vite: { plugins: [compiling] } }),
    'astro:config:done': ({ setAdapter }) =>
      setAdapter({
        name: 'compiled-pages',
        entrypointResolution: 'auto',
        adapterFeatures: { buildOutput: 'static' },
        supportedAstroFeatures: { staticOutput: 'stable', sharpImageService: 'stable' },
      }),
    'astro:build:start': ({ setPrerenderer }) =>
      setPrerenderer({
        name: 'compiled-pages',
        // Everything is compiled by now, and nothing is rendered. Astro removes this folder when it ends.
        async getStaticPaths() {
          renameSync(server.folder, join(compiledDir, 'server'));
          writeFileSync(join(compiledDir, 'server/index.mjs'), `export * from './${server.entry}';\n`);
          return [];
        },
        render: (request) => Promise.reject(new Error(`${request.url} is rendered by src/render.ts`)),
      }),
  },
};

/** Astro would write types for an editor, which takes a Vite of its own. */
const options = { devOutput: false, sync: false };
// To load its configuration itself it would start another one.
const own = { root: import.meta.dirname, configFile: false, logLevel: 'warn' } as const;
await build({ ...config, ...own, integrations: [compiled] }, options);
process.send?.(0);
