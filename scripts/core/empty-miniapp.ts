import type { Miniapp, Report, Version } from './model.ts';

/** A miniapp as it is before any other file of it says something. */
export const emptyMiniapp = ({ id, basics }: Pick<Miniapp, 'id' | 'basics'>) =>
  ({
    id,
    basics,
    release: {},
    versions: new Map<string, Version>(),
    trafficking: [],
    whitelist: [],
    members: [],
    domains: {},
    scenarios: [],
    strings: {},
    reports: new Map<string, Report>(),
  }) satisfies Miniapp;
