/** The portal of the example configuration as it would be published: every link leads somewhere, every page is valid HTML. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { brokenLinks, builtSite } from './links.ts';
import { command, ROOT } from './shell.ts';

/** The standard itself; the order of attributes, quotes and white space are the build's affair. */
const VALIDATOR = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: { 'no-inline-style': 'off', 'long-title': 'off' },
});

/** Builds the portal of config/ into a temporary folder; a finding for each broken link and each fault of HTML. */
export async function checkPortal(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'miniapp-portal-'));
  const out = join(folder, 'portal');
  try {
    const { code, output } = await command(`node scripts/miniapp.mjs portal build --out ${out}`, { cwd: ROOT });
    if (code !== 0) return [`portal build ended with ${code}:\n${output}`];
    const site = builtSite(out);
    if (site.pages.size === 0) return ['portal build made no pages'];
    console.log(`  ${site.pages.size} pages`);
    return [...brokenLinks(site), ...(await invalidHtml(site.pages))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A finding `page:line:column what (rule)` for each fault of HTML. */
export async function invalidHtml(pages: ReadonlyMap<string, string>): Promise<string[]> {
  const faults: string[] = [];
  for (const [page, html] of pages) {
    const { results } = await VALIDATOR.validateString(html);
    for (const { messages } of results) {
      for (const { line, column, ruleId, message } of messages)
        faults.push(`${page}:${line}:${column} ${message} (${ruleId})`);
    }
  }
  return faults;
}
