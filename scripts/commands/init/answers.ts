/** What `init` has to know: from its options, or asked at a terminal. */
import { isOfExample } from '../../core/example.ts';
import type { InitAnswers, NamedEntry } from '../../init/platform-files.ts';
import { MissingOption, text, UsageError, type Input, type Io, type Options } from '../../cli/command.ts';
import { texts } from '../../cli/options.ts';

export const OPTIONS: Options = {
  name: { type: 'string', value: 'N', describe: 'what people call the platform' },
  owner: { type: 'string', value: 'LOGIN', describe: 'its first owner, by the login on GitHub' },
  'github-id': {
    type: 'string',
    value: 'N',
    describe: "the owner's numeric id on GitHub: https://api.github.com/users/LOGIN shows it",
  },
  'owner-name': { type: 'string', value: 'NAME', describe: 'what people call the owner (default: the login)' },
  region: {
    type: 'string',
    multiple: true,
    value: 'ID=LABEL',
    describe: 'a region (data centre), as EU=Europe; may be given several times',
  },
  app: {
    type: 'string',
    multiple: true,
    value: 'ID=NAME',
    describe: 'a host app that opens miniapps; the first is the default app; may be given several times',
  },
  language: {
    type: 'string',
    multiple: true,
    value: 'TAG',
    describe: 'a language of texts, the first is the fallback (default: en); may be given several times',
  },
  accounts: {
    type: 'string',
    value: 'plain|digest',
    describe:
      'how it keeps the accounts of whitelists (default: plain); digest makes a key, and tells nobody who it is',
  },
  repository: { type: 'string', value: 'OWNER/NAME', describe: 'its own repository on GitHub, where that is known' },
  example: {
    type: 'string',
    value: 'keep|remove',
    describe: "the example's miniapps, people and apps (default: remove)",
  },
  commit: { type: 'boolean', describe: 'make the first commit too' },
};

interface Question {
  readonly option: string;
  readonly words: string;
  /** Whether an answer may hold several, with commas. */
  readonly isList?: true;
}

const QUESTIONS: readonly Question[] = [
  { option: 'name', words: 'What is the platform called?' },
  { option: 'owner', words: "The first owner's login on GitHub?" },
  { option: 'github-id', words: 'Their numeric id (https://api.github.com/users/LOGIN shows it)?' },
  { option: 'region', words: 'Its regions, as ID=LABEL, several with commas (EU=Europe, US=America)?', isList: true },
  { option: 'app', words: 'Its host apps, as ID=NAME, the default app first (acme-home=Acme Home)?', isList: true },
];

const givenFor = ({ values }: Input, option: string): string[] =>
  [values[option]].flat().filter((value) => typeof value === 'string' && value !== '') as string[];

/** Throws UsageError for what is missing where nobody can be asked, and for what cannot be. */
export async function answersOf(input: Input, io: Io): Promise<InitAnswers> {
  const given = new Map(QUESTIONS.map(({ option }) => [option, givenFor(input, option)]));
  const missing = QUESTIONS.filter(({ option }) => given.get(option)!.length === 0);
  if (missing.length > 0 && !io.ask) {
    const names = missing.map(({ option }) => `--${option}`).join(', ');
    throw new UsageError(`${names} ${missing.length === 1 ? 'is' : 'are'} missing (at a terminal they are asked for)`);
  }
  for (const { option, words, isList } of missing) {
    const answer = (await io.ask!(`${words} `)).trim();
    given.set(
      option,
      (isList ? answer.split(',') : [answer]).map((value) => value.trim()).filter((value) => value !== ''),
    );
    if (given.get(option)!.length === 0) throw new MissingOption(option);
  }
  const [[name], [owner], [id]] = ['name', 'owner', 'github-id'].map((option) => given.get(option)!) as [
    string[],
    string[],
    string[],
  ];
  const repository = text(input, 'repository');
  const regions = given.get('region')!.map((value) => named('region', value, 'LABEL'));
  const apps = given.get('app')!.map((value) => named('app', value, 'NAME'));
  refuseTwice('region', regions);
  refuseTwice('app', apps);
  const languages = texts(input, 'language');
  return {
    name: name!,
    owner: ownerOf(owner!),
    githubId: numberOf(id!),
    ownerName: text(input, 'owner-name') ?? owner!,
    regions,
    apps,
    languages: languages.length > 0 ? languages : ['en'],
    ...(repository === undefined ? {} : { repository: repositoryOf(repository) }),
  };
}

function refuseTwice(option: string, entries: readonly NamedEntry[]): void {
  const twice = entries.find(({ id }, i) => entries.findIndex((other) => other.id === id) < i);
  if (twice) throw new UsageError(`--${option} ${twice.id} is given twice`);
}

function ownerOf(login: string): string {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9]))*$/.test(login))
    throw new UsageError(`--owner ${login}: a login has letters, digits and single hyphens`);
  if (isOfExample(login)) throw new UsageError(`--owner ${login}: logins that end in _example are the example's`);
  return login;
}

function numberOf(typed: string): number {
  if (!/^[1-9][0-9]{0,15}$/.test(typed) || !Number.isSafeInteger(Number(typed)))
    throw new UsageError(`--github-id ${typed}: a whole number, as https://api.github.com/users/LOGIN shows it`);
  return Number(typed);
}

function repositoryOf(given: string): string {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/.test(given))
    throw new UsageError(`--repository ${given}: write it as OWNER/NAME`);
  return given;
}

const FORMS: Readonly<Record<string, RegExp>> = {
  region: /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/,
  app: /^[a-z0-9][a-z0-9_-]{0,63}$/,
};

function named(option: 'region' | 'app', value: string, what: string): NamedEntry {
  const [, id = '', name = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  if (id.trim() === '' || name.trim() === '') throw new UsageError(`--${option} ${value}: write it as ID=${what}`);
  if (!FORMS[option]!.test(id.trim())) {
    const letters = option === 'app' ? 'lower-case letters' : 'letters';
    throw new UsageError(
      `--${option} ${value}: an id has ${letters}, digits, - and _, and begins with a letter or digit`,
    );
  }
  return { id: id.trim(), name: name.trim() };
}
