/** What stands before the host of an address is shown to nobody. */
import { expect, test } from 'vitest';
import { maskedLogin } from './addresses.ts';

test.each([
  ['https://user:secret@host.example/r.git', 'https://***********@host.example/r.git'],
  ['https://user:p@ss@host.example/r.git', 'https://*********@host.example/r.git'],
  ['see https://token@a.example and ssh://git@b.example/x', 'see https://*****@a.example and ssh://***@b.example/x'],
  ['https://host.example/a@b', 'https://host.example/a@b'],
  ['nobody@example.com', 'nobody@example.com'],
])('%s', (words, told) => {
  expect(maskedLogin(words)).toBe(told);
});
