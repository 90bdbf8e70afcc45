/** Which of the named APIs a version newly uses. */
import { expect, test } from 'vitest';
import type { Version } from '../model.ts';
import { newApis } from './new-apis.ts';

function found(online: string[] | undefined, next: string[] | undefined, named: string[]) {
  const version = (apis: string[] | undefined) => ({ version: '1.0.0', ...(apis ? { apis } : {}) }) as Version;
  const miniapp = {
    release: { online: { version: '1.0.0', enabled: true } },
    versions: new Map([['1.0.0', version(online)]]),
  };
  return newApis(miniapp, version(next), named);
}

test.each<[string, string[] | undefined, string[] | undefined, string[], string[]]>([
  ['one that is new', ['ty.request'], ['ty.getLocation'], ['ty.getLocation', 'ty.scanCode'], ['ty.getLocation']],
  ['one that is online', ['ty.getLocation'], ['ty.getLocation'], ['ty.getLocation'], []],
  ['a name for what is below it', [], ['ty.device.open'], ['ty.device'], ['ty.device']],
  ['ty.* is any', [], ['ty.*'], ['ty.getLocation', 'ty.device.open'], ['ty.getLocation', 'ty.device.open']],
  ['ty.* online has shown nothing', ['ty.*'], ['ty.*'], ['ty.getLocation'], ['ty.getLocation']],
  ['ty.* is nothing new beside what is online by name', ['ty.getLocation'], ['ty.*'], ['ty.getLocation'], []],
  [
    'ty.device.* is any below it',
    [],
    ['ty.device.*'],
    ['ty.device', 'ty.device.open', 'ty.getLocation'],
    ['ty.device', 'ty.device.open'],
  ],
  ['no record is any', [], undefined, ['ty.getLocation'], ['ty.getLocation']],
])('%s', (_, online, next, named, expected) => {
  expect(found(online, next, named)).toEqual(expected);
});
