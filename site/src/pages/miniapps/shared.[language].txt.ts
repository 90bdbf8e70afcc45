/** What the pages of all miniapps share, for their scripts. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { experimental_AstroContainer as Container } from 'astro/container';
import SharedForms from '../../features/miniapp/SharedForms.astro';
import { languageOf, languages } from '../../i18n/index.ts';

export const getStaticPaths = (() => languages.map((language) => ({ params: { language } }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ params }) => {
  const container = await Container.create();
  const props = { language: languageOf(params['language']) };
  const forms = await container.renderToString(SharedForms, { props });
  return new Response(forms, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
};
