/** The files that each miniapp has: each an endpoint, of which `astro dev` takes the answer and a build the body (src/miniapp-files.ts). */
import type { APIRoute } from 'astro';

/** What a file is asked for: the parameters in its address, and what `getStaticPaths` gives beside them. */
export interface Asked<Props = object> {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly props: Props;
}

/** What stands in a file. */
export type Body = string | Uint8Array<ArrayBuffer>;

/** The endpoint of a file of a type: `image/svg+xml`. */
export const answering =
  <Props>(body: (asked: Asked<Props>) => Body, type: string): APIRoute<Props & Record<string, unknown>> =>
  ({ params, props }) =>
    new Response(body({ params, props }), { headers: { 'Content-Type': type } });

/** A document of the API, in one line. */
export const documentText = (document: unknown): string => `${JSON.stringify(document)}\n`;
