/** Which remote is the registry: commands propose to it and to nothing else. */
import { expect, test } from 'vitest';
import type { Remote } from '../github/remotes.ts';
import { baseOf, type Registry } from './base-repository.ts';

const remotes = (text: string): Remote[] =>
  text.split(' ').map((part) => {
    const [name = '', owner = '', repo = ''] = part.split(/[=/]/);
    return { name, owner, repo };
  });
const named = (repository: string): Registry => ({ portal: { repository } });
const BEGUN = { beginning: 'acme-minis' };

test.each<[why: string, remotes: string, registry: Registry, base: string | undefined]>([
  ['a clone', 'origin=acme/minis', {}, 'origin'],
  ["somebody's fork of the registry", 'origin=ada/minis upstream=acme/minis', {}, 'upstream'],
  ['… whose platform names it', 'origin=ada/minis upstream=acme/minis', named('Acme/Minis'), 'upstream'],
  ['… and has a beginning', 'origin=ada/minis upstream=acme/minis', { ...named('acme/minis'), ...BEGUN }, 'upstream'],
  ['a remote of another name', 'origin=ada/minis home=acme/minis', named('acme/minis'), 'home'],
  ['a platform with a beginning', 'origin=acme/minis upstream=product/registry', BEGUN, 'origin'],
  ['… before it has a repository of its own', 'upstream=product/registry', BEGUN, undefined],
  ['… under another name than origin', 'upstream=product/registry acme=acme/minis', BEGUN, 'acme'],
  [
    'a platform that still names the example',
    'origin=acme/minis upstream=product/registry',
    named('example-org/x'),
    'origin',
  ],
  ['… with nothing but the product', 'upstream=product/registry', named('example-org/x'), undefined],
])('%s', (_, given, registry, base) => {
  expect(baseOf(remotes(given), registry)?.name).toBe(base);
});
