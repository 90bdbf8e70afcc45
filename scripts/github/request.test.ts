/** Requests that fail, and lists of many pages. */
import { describe, expect, test } from 'vitest';
import { ask, listAll } from './request.ts';

describe('failures in words, lists to their end', () => {
  const failing = async (error: object): Promise<string> => {
    const call = async () => {
      throw error;
    };
    try {
      return await ask('read it', call);
    } catch (reason) {
      return (reason as Error).message;
    }
  };
  test.each<[object, RegExp]>([
    [{ message: 'getaddrinfo ENOTFOUND' }, /cannot be reached.*not the fault of any change/],
    [{ status: 401, response: { data: {} } }, /does not accept the token/],
    [{ status: 503, response: { data: {} } }, /a fault of its own \(503/],
    [
      {
        status: 403,
        response: { headers: { 'x-accepted-github-permissions': 'contents=write' }, data: { message: 'no' } },
      },
      /permission contents: write/,
    ],
    [
      {
        status: 403,
        response: { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795176005' }, data: {} },
      },
      /until 2026-11-20T/,
    ],
    [{ status: 422, response: { data: { message: 'a\u001B[31m\nb' } } }, /GitHub says 422: a \[31m b/],
  ])('%j', async (error, words) => expect(await failing({ ...error })).toMatch(words));

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
