/** Components in tests: compiled by the compiler that Astro has, without its styles and scripts, and without the rest of Astro's start. */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vitest/config';

/** The part of `@astrojs/compiler-rs` that is used here. */
interface Compiler {
  transform(source: string, options: object): { readonly code: string };
}

/** Loaded with the first component, as most test files import none. */
let compiler: Promise<Compiler> | undefined;

function loadCompiler(): Promise<Compiler> {
  const ofAstro = createRequire(fileURLToPath(import.meta.resolve('astro')));
  return import(pathToFileURL(ofAstro.resolve('@astrojs/compiler-rs')).href);
}

/** For a Vitest project: `.astro` files as a build compiles them. */
export const compiledComponents = (): Plugin => ({
  name: 'compiled-components',
  async transform(source, id) {
    if (!id.endsWith('.astro')) return undefined;
    const { transform } = await (compiler ??= loadCompiler());
    const { code } = transform(source, {
      filename: id,
      compact: 'jsx',
      internalURL: 'astro/compiler-runtime',
      resultScopedSlot: true,
      resolvePath: (specifier: string) => specifier,
    });
    // What a component adds to the page's own styles and scripts is none of its markup.
    return code.replaceAll(/^import "[^"]+\?astro&type=[^"]*";$/gm, '');
  },
});
