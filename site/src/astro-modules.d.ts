// What `astro:` modules are, also before anything of Astro's was run in a clone.
/// <reference types="astro/client" />

/** What a component is to TypeScript, for the endpoint that renders one (pages/miniapps/shared.[language].txt.ts); `astro check` looks into it. */
declare module '*.astro' {
  import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
  const component: AstroComponentFactory;
  export default component;
}
