/** A form that cannot be fetched leaves no empty section: what stands there says how to ask without it. */
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['is refused', () => Promise.resolve({ ok: false, status: 404 })],
  ['does not answer', () => Promise.reject(new Error('offline'))],
])('a server that %s: each section names its command', async (_what, fetching) => {
  const said = new Map<string, string>();
  const element = (id: string) => ({
    dataset: { shared: '/miniapps/shared.en.txt' },
    textContent: JSON.stringify(id === 'miniapp' ? { id: 'tyx' } : {}),
    before: (node: { text: string }) => said.set(id, node.text),
    append: (node: { text: string }) => said.set(id, node.text),
  });
  vi.stubGlobal('fetch', fetching);
  vi.stubGlobal('document', {
    documentElement: { lang: 'en' },
    getElementById: element,
    createElement: () => ({
      text: '',
      append(text: string) {
        this.text = text;
      },
    }),
  });
  vi.resetModules();
  await expect(import('./shared.client.ts')).rejects.toThrow(/404|offline/);
  expect(said.get('qr-result')).toContain('npx miniapp qr tyx ');
  expect(said.get('ask')).toContain('npx miniapp resolve tyx ');
  expect(said.get('account-check')).toContain('--account ACCOUNT');
});
