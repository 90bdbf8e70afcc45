/** The texts of a configuration, redacted. Ids, logins, numbers and link templates stay: they are no texts, and others rest on them. */
import { loginKey } from '../identity/login.ts';
import { defined } from '../defined.ts';
import type { Domains, Miniapp, Scenario, Version, Workspace } from '../model.ts';
import { redactor, type Redactor } from './index.ts';

/** Knows the accounts of a configuration, and those that were on its lists once: they are no less private for being taken off. */
export const redactorOf = (
  workspace: Pick<Workspace, 'miniapps' | 'people'>,
  former: Iterable<string> = [],
): Redactor => redactor([...accountsIn(workspace), ...withoutLogins(former, workspace.people)]);

/** Every account that a configuration names. A login in people/ is public, so the same word as a user id tells nothing. */
export function accountsIn({ miniapps, people }: Pick<Workspace, 'miniapps' | 'people'>): Set<string> {
  const accounts = new Set<string>();
  for (const { whitelist, scenarios } of miniapps.values()) {
    for (const { account } of whitelist) accounts.add(account);
    for (const { account } of scenarios) if (account !== undefined) accounts.add(account);
  }
  return withoutLogins(accounts, people);
}

/** Without those that are logins, in whatever letter case. */
export function withoutLogins(accounts: Iterable<string>, people: Workspace['people']): Set<string> {
  const logins = new Set<string>();
  for (const { login, formerLogins = [] } of people.values())
    for (const name of [login, ...formerLogins]) logins.add(loginKey(name));
  return new Set([...accounts].filter((account) => !logins.has(loginKey(account))));
}

/** Without an account in any text. The rows of whitelists stay as they are. */
export function redactWorkspace(workspace: Workspace, redact: Redactor): Workspace {
  const { platform } = workspace;
  const label = (one: string | Readonly<Record<string, string>>) =>
    typeof one === 'string' ? redact.text(one) : texts(one, redact);
  return {
    ...workspace,
    platform: {
      ...platform,
      name: label(platform.name),
      regions: valuesOf(platform.regions, label),
      ...defined({
        categories: platform.categories && renamed(platform.categories, (key, one) => [redact.text(key), label(one)]),
      }),
    },
    apps: mapOf(workspace.apps, (app) => ({ ...app, name: texts(app.name, redact) })),
    people: mapOf(workspace.people, (person) => ({ ...person, name: redact.text(person.name) })),
    miniapps: mapOf(workspace.miniapps, (miniapp) => redactMiniapp(miniapp, redact)),
  };
}

function redactMiniapp(miniapp: Miniapp, redact: Redactor): Miniapp {
  const { basics } = miniapp;
  return {
    ...miniapp,
    basics: {
      ...basics,
      name: texts(basics.name, redact),
      ...defined({
        description: basics.description ? texts(basics.description, redact) : undefined,
        category: basics.category === undefined ? undefined : redact.text(basics.category),
      }),
      avatar: redact.name(basics.avatar),
    },
    versions: mapOf(miniapp.versions, (version) => redactVersion(version, redact)),
    domains: domains(miniapp.domains, redact),
    scenarios: miniapp.scenarios.map((scenario) => redactScenario(scenario, redact)),
    strings: valuesOf(miniapp.strings, (strings) =>
      renamed(strings, (key, text) => [redact.text(key), redact.text(text)]),
    ),
  };
}

function redactVersion(version: Version, redact: Redactor): Version {
  const { review, pages, origins, apis, kits } = version;
  const reason = review?.reason === undefined ? {} : { reason: redact.text(review.reason) };
  return {
    ...version,
    description: redact.text(version.description),
    ...defined({
      review: review ? { ...review, ...reason } : undefined,
      pages: pages?.map(redact.name),
      origins: origins?.map(redact.name),
      apis: apis?.map(redact.name),
      kits: kits ? renamed(kits, (kit, least) => [redact.name(kit), least]) : undefined,
    }),
  };
}

function redactScenario(scenario: Scenario, redact: Redactor): Scenario {
  const { page, device } = scenario;
  return {
    ...scenario,
    name: redact.text(scenario.name),
    ...defined({
      page: page === undefined ? undefined : redact.name(page),
      device: device === undefined ? undefined : redact.name(device),
    }),
  };
}

function domains({ cloud, ...zones }: Domains, redact: Redactor): Domains {
  const origins = valuesOf(zones, (byRegion) => byRegion && valuesOf(byRegion, (all) => all.map(redact.name)));
  return { ...origins, ...defined({ cloud: cloud?.map(redact.name) }) };
}

const mapOf = <Value>(map: ReadonlyMap<string, Value>, change: (value: Value) => Value): Map<string, Value> =>
  new Map([...map].map(([key, value]) => [key, change(value)]));

const valuesOf = <Fields extends object>(
  fields: Fields,
  change: (value: Fields[keyof Fields]) => Fields[keyof Fields],
): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, change(value as Fields[keyof Fields])]),
  ) as Fields;

const texts = <Texts extends Readonly<Record<string, string>>>(map: Texts, redact: Redactor): Texts =>
  valuesOf(map, (text) => redact.text(text as string) as Texts[keyof Texts]);

/** With other keys; of those that become alike the later ones are numbered, so that none is lost. */
function renamed<Value>(
  fields: Readonly<Record<string, Value>>,
  change: (key: string, value: Value) => readonly [string, Value],
): Record<string, Value> {
  const count = new Map<string, number>();
  const entries = Object.entries(fields).map(([key, value]): [string, Value] => {
    const [name, changed] = change(key, value);
    const before = count.get(name) ?? 0;
    count.set(name, before + 1);
    return [before === 0 ? name : `${name}-${before + 1}`, changed];
  });
  return Object.fromEntries(entries);
}
