/** Requests that fail, and lists of many pages. */
import { describe, expect, test } from 'vitest';
import { ask, listAll, NOT_YOURS, type GitHubErrorCode } from './request.ts';

describe('failures in words, lists to their end', () => {
  const limit = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795176005' };
  const lacking = { 'x-accepted-github-permissions': 'contents=write' };
  const answer = (status: number, message = '', headers = {}) => ({ status, response: { headers, data: { message } } });

  test.each<[GitHubErrorCode, boolean, object, string]>([
    [
      'github-unreachable',
      true,
      { message: 'getaddrinfo ENOTFOUND' },
      `GitHub cannot be reached (getaddrinfo ENOTFOUND)${NOT_YOURS}`,
    ],
    ['github-token-refused', true, answer(401), 'GitHub does not accept the token: it is wrong, expired or revoked'],
    ['github-fault', true, answer(503), `GitHub has a fault of its own (503)${NOT_YOURS}`],
    [
      'github-token-right',
      false,
      answer(403, 'no', lacking),
      'the token may not: it needs the permission contents: write (GitHub says: no)',
    ],
    [
      'github-limited',
      true,
      answer(403, '', limit),
      `GitHub lets no more requests of this token through until 2026-11-20T12:00:05.000Z${NOT_YOURS}`,
    ],
    [
      'github-limited',
      true,
      answer(429),
      `GitHub lets no more requests of this token through for some minutes${NOT_YOURS}`,
    ],
    [
      'github-not-found',
      false,
      answer(404, 'Not Found'),
      'there is no such thing, or the token may not see it (GitHub says: Not Found)',
    ],
    ['github-refused', false, answer(422, 'a\u001B[31m\nb'), 'GitHub says 422: a [31m b'],
  ])('%s, wholesale: %s', async (code, isWholesale, error, words) => {
    const asked = ask('read it', () => Promise.reject(Object.assign(new Error(), error)));
    await expect(asked).rejects.toMatchObject({ code, isWholesale, message: `could not read it: ${words}` });
  });

  test('a token of a kind that GitHub does not take there is told from one without the right', async () => {
    const said = 'Resource not accessible by personal access token';
    const asked = ask('read it', () => Promise.reject(Object.assign(new Error(), answer(403, said, lacking))));
    await expect(asked).rejects.toMatchObject({ code: 'github-token-kind', said });
  });

  const pages = (...all: { data: unknown; link?: string }[]) =>
    listAll('list', async ({ page }) => ({
      data: all[page - 1]!.data as number[],
      headers: { link: all[page - 1]!.link },
    }));
  const full = Array.from({ length: 100 }, (_, i) => i);
  const next = '<https://x?page=2>; rel="next"';
  test('all pages, a lost link, an empty page in between, no list', async () => {
    expect(await pages({ data: full, link: next }, { data: [1] })).toHaveLength(101);
    expect(await pages({ data: full }, { data: [1] })).toHaveLength(101);
    await expect(pages({ data: [], link: next })).rejects.toThrow(/page in the middle/);
    await expect(pages({ data: { message: 'x' } })).rejects.toThrow(/no list/);
  });
});
