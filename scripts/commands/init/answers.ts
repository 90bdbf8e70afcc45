/** What `init` has to know: from its options, or asked at a terminal. */
import { isOfExample } from '../../core/example.ts';
import type { InitAnswers, NamedEntry } from '../../init/platform-files.ts';
import { MissingOption, text, UsageError, type Input, type Io, type Options } from '../../cli/frame/command.ts';
import { texts } from '../../cli/frame/options.ts';

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

/** What a question gives, from its values as they were typed. Throws UsageError. */
type ReadAnswer<Answer> = (values: readonly string[]) => Answer;

interface InitQuestion<Answer> {
  readonly words: string;
  readonly read: ReadAnswer<Answer>;
}

/** Those that are asked where no option answers them, in this order. */
const QUESTIONS = {
  name: { words: 'What is the platform called?', read: ([name]) => name! } satisfies InitQuestion<string>,
  owner: {
    words: "The first owner's login on GitHub?",
    read: ([login]) => ownerOf(login!),
  } satisfies InitQuestion<string>,
  'github-id': {
    words: 'Their numeric id (https://api.github.com/users/LOGIN shows it)?',
    read: ([id]) => numberOf(id!),
  } satisfies InitQuestion<number>,
  region: {
    words: 'Its regions, as ID=LABEL, several with commas (EU=Europe, US=America)?',
    read: (values) => namedOnes('region', values, 'LABEL'),
  } satisfies InitQuestion<NamedEntry[]>,
  app: {
    words: 'Its host apps, as ID=NAME, the default app first (acme-home=Acme Home)?',
    read: (values) => namedOnes('app', values, 'NAME'),
  } satisfies InitQuestion<NamedEntry[]>,
};

/** How often a question is asked before a slip ends the talk. */
const TRIES = 3;

const givenFor = ({ values }: Input, option: string): string[] =>
  [values[option]].flat().filter((value) => typeof value === 'string' && value.trim() !== '') as string[];

/** Throws UsageError for what is missing where nobody can be asked, and for what cannot be. */
export async function answersOf(input: Input, io: Io): Promise<InitAnswers> {
  const missing = Object.keys(QUESTIONS).filter((option) => givenFor(input, option).length === 0);
  if (missing.length > 0 && !io.ask)
    throw new UsageError(`${new MissingOption(...missing).message} (at a terminal they are asked for)`);
  // What is given is looked at before anything is asked.
  const repository = text(input, 'repository');
  const [ownerName, place] = [
    text(input, 'owner-name'),
    repository === undefined ? {} : { repository: repositoryOf(repository) },
  ];
  const languages = languagesOf(texts(input, 'language'));
  for (const [option, { read }] of Object.entries(QUESTIONS)) {
    const given = givenFor(input, option);
    if (given.length > 0) read(given);
  }
  const answer = <Answer>(
    option: keyof typeof QUESTIONS,
    { words, read }: InitQuestion<Answer>,
  ): Promise<Answer> | Answer => {
    const given = givenFor(input, option);
    return given.length > 0 ? read(given) : answered(option, words, read, io);
  };
  const name = await answer('name', QUESTIONS.name);
  const owner = await answer('owner', QUESTIONS.owner);
  return {
    name,
    owner,
    githubId: await answer('github-id', QUESTIONS['github-id']),
    ownerName: ownerName ?? owner,
    regions: await answer('region', QUESTIONS.region),
    apps: await answer('app', QUESTIONS.app),
    languages,
    ...place,
  };
}

/** What somebody at the terminal answers. A slip or an empty line is told, and asked again: what was answered before it is not lost. */
async function answered<Answer>(option: string, words: string, read: ReadAnswer<Answer>, io: Io): Promise<Answer> {
  for (let left = TRIES - 1; ; left -= 1) {
    const typed = (await io.ask!(`${words} `)).trim();
    try {
      if (typed === '') throw new MissingOption(option);
      return read([typed]);
    } catch (error) {
      if (!(error instanceof UsageError) || left === 0) throw error;
      io.stderr(`${error.message}\n`);
    }
  }
}

/** Several in one value stand between commas. */
function languagesOf(given: readonly string[]): string[] {
  const tags = given.flatMap((value) => value.split(',').map((tag) => tag.trim())).filter((tag) => tag !== '');
  for (const tag of tags)
    if (!isLanguage(tag)) throw new UsageError(`--language ${tag}: a tag such as en, de or zh-Hant`);
  const twice = tags.find((tag, i) => tags.indexOf(tag) < i);
  if (twice !== undefined) throw new UsageError(`--language ${twice} is given twice`);
  return tags.length > 0 ? tags : ['en'];
}

/** Whether it is a language tag as BCP 47 writes it. */
function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
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

/** Several in one value stand between commas, where each of them has its own ID=; a label may hold commas too. */
function namedOnes(option: 'region' | 'app', values: readonly string[], what: string): NamedEntry[] {
  const each = values.flatMap((value) => value.split(/,(?=[^,=]*=)/)).map((value) => value.trim());
  const entries = each.filter((value) => value !== '').map((value) => named(option, value.replace(/,$/, ''), what));
  refuseTwice(option, entries);
  return entries;
}

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
