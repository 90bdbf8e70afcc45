/** The files that each miniapp has: each an endpoint, of which `astro dev` takes the answer and a build the body (src/write-files.ts). */
import type { APIRoute } from 'astro';

/** The parameters in the address of a file. */
export type Params = Readonly<Record<string, string | undefined>>;

/** What stands in a file. */
export type Body = string | Uint8Array<ArrayBuffer>;

/** The endpoint of a file of a type: `image/svg+xml`. */
export const answering =
  (body: (params: Params) => Body, type: string): APIRoute =>
  ({ params }) =>
    new Response(body(params), { headers: { 'Content-Type': type } });

/** A document of the API, in one line. */
export const documentText = (document: unknown): string => `${JSON.stringify(document)}\n`;
