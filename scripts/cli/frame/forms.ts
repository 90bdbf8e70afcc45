/** Which options go together, as the usage lines of a command say: what a form does not take is told, and never dropped. */
import { ACTING, COMMON, UsageError, type Command, type Input, type Options } from './command.ts';

/** One form of a command, as a usage line writes it: `[a]` may be left out, `(a | b)` and `[a | b]` exclude each other. */
interface UsageForm {
  readonly verbs: readonly string[];
  readonly options: ReadonlySet<string>;
  /** Those of them that may not be left out. */
  readonly required: ReadonlySet<string>;
  readonly exclusive: readonly (readonly [string, string])[];
  /** An option inside brackets, and what stands beside it there: `[--all [--type T]]` gives `type` and `all`. */
  readonly needs: readonly (readonly [option: string, needed: string])[];
}

/**
 * No value; of an option that may be given several times, a list of none: `--region "$A,$B"` where neither is set. A text of its own may be a
 * comma.
 */
const isNone = (value: string, isList: boolean): boolean => value === '' || (isList && /^[\s,]+$/.test(value));

/** Throws UsageError where a word or an option is empty, as in a script whose variable is not set: it is neither a value nor left out. */
export function refuseEmptyValues(command: Command, options: Options, { positionals, values }: Input): void {
  const blank = positionals.findIndex((word) => word.trim() === '');
  if (blank !== -1) {
    const before = blank === 0 ? 'the first word' : `the word after "${positionals[blank - 1]}"`;
    throw new UsageError(`${before} is empty: a variable that is not set?`, 'word-empty');
  }
  const [name] =
    Object.entries(values).find(([option, value]) =>
      [value].flat().some((one) => typeof one === 'string' && isNone(one, options[option]?.multiple === true)),
    ) ?? [];
  if (name === undefined) return;
  const { value = 'a value', describe } = options[name]!;
  const unset = Object.hasOwn(options, 'unset') ? ' To take away what is there: --unset.' : '';
  const forms = formsFor(command, positionals);
  const isRequired = forms.length > 0 && forms.every(({ required }) => required.has(name));
  const without = isRequired ? '' : ' Or leave the option out.';
  throw new UsageError(`--${name} is empty. Give ${value}: ${describe}.${without}${unset}`, 'option-empty');
}

/** The forms of a command that the words may be of: those of their verb. */
const formsFor = (command: Command, [verb = '']: readonly string[]): UsageForm[] =>
  formsOf(command).filter(({ verbs }) => verbs.length === 0 || verbs.includes(verb));

/** Throws UsageError where no form of the command takes all options that are given, and names two that do not go together. */
export function refuseStrayOptions(command: Command, input: Input): void {
  const given = Object.keys(input.values).filter((name) => !Object.hasOwn(COMMON, name));
  const [verb] = input.positionals;
  const forms = formsFor(command, input.positionals);
  // A word that is no verb of this command is the command's to tell.
  if (forms.length === 0) return;
  // What every edit takes says how, not what: scripts hand it to a list of the same command too.
  const own = given.filter((name) => !Object.hasOwn(ACTING, name) || forms.some(({ options }) => options.has(name)));
  const wrong = strayIn(
    own.filter((name) => !Object.hasOwn(ACTING, name)),
    forms,
    `${command.name} ${verb}`,
  );
  const why = wrong ?? faultIn(own, forms);
  if (why !== undefined) throw new UsageError(why, 'options-apart');
}

/** Options that no form takes at all, or not together. */
function strayIn(given: readonly string[], forms: readonly UsageForm[], name: string): string | undefined {
  const takesAll = (names: readonly string[]) => forms.some(({ options }) => names.every((one) => options.has(one)));
  if (takesAll(given)) return undefined;
  const unknown = given.find((one) => !takesAll([one]));
  if (unknown !== undefined) return `${name} takes no --${unknown}`;
  const pairs = given.flatMap((one, i) => given.slice(i + 1).map((other) => [one, other]));
  const apart = pairs.find((pair) => !takesAll(pair)) ?? given;
  return `${apart.map((one) => `--${one}`).join(' and ')} do not go together`;
}

/** What the forms that take all of them say against it; nothing where one of them has nothing to say. */
function faultIn(given: readonly string[], forms: readonly UsageForm[]): string | undefined {
  const names = new Set(given);
  const faults = forms
    .filter(({ options }) => given.every((name) => options.has(name) || Object.hasOwn(ACTING, name)))
    .map(({ exclusive, needs }) => {
      const both = exclusive.find((pair) => pair.every((name) => names.has(name)));
      const alone = needs.find(([option, needed]) => names.has(option) && !names.has(needed));
      if (both) return `--${both[0]} and --${both[1]} exclude each other`;
      return alone && `--${alone[0]} goes with --${alone[1]}`;
    });
  return faults.includes(undefined) ? undefined : faults[0];
}

/** The forms of the usage lines; a line that begins with a space goes on with the one before. */
export function formsOf({ usage }: Pick<Command, 'usage'>): UsageForm[] {
  const lines: string[] = [];
  for (const line of usage) {
    if (line.startsWith(' ')) lines.push(`${lines.pop()} ${line.trim()}`);
    else lines.push(line);
  }
  return lines.map(formOf);
}

interface Sequence {
  /** Options that stand in it without brackets, and all of them. */
  readonly required: string[];
  readonly all: string[];
}

function formOf(line: string): UsageForm {
  // What stands behind a wide space are words for people.
  const [grammar = ''] = line.split(/ {2,}/);
  const tokens = grammar
    .replace(/\|(?=--)/g, ' | ')
    .replace(/[[\]()]/g, ' $& ')
    .split(' ')
    .filter((token) => token !== '');
  const exclusive: [string, string][] = [];
  const needs: [string, string][] = [];
  let at = 1;
  const verbs = /^[a-z][a-z|-]*$/.test(tokens[at] ?? '') ? tokens[at++]!.split('|') : [];

  const group = (): Sequence => {
    const branches: Sequence[] = [{ required: [], all: [] }];
    for (; at < tokens.length && tokens[at] !== ']' && tokens[at] !== ')'; at++) {
      const token = tokens[at]!;
      const { required, all } = branches.at(-1)!;
      if (token === '|') branches.push({ required: [], all: [] });
      else if (token.startsWith('--')) {
        required.push(token.slice(2));
        all.push(token.slice(2));
      } else if (token === '[' || token === '(') {
        at++;
        const inner = group();
        all.push(...inner.all);
        if (token === '(') required.push(...inner.required);
        else needs.push(...needed(inner));
      }
    }
    branches.forEach(({ all }, i) => {
      for (const one of all)
        for (const other of branches.slice(i + 1).flatMap(({ all }) => all)) exclusive.push([one, other]);
    });
    if (branches.length > 1) for (const branch of branches) needs.push(...needed(branch));
    const [only] = branches;
    return { required: branches.length === 1 ? only!.required : [], all: branches.flatMap(({ all }) => all) };
  };

  const { all, required } = group();
  return { verbs, options: new Set(all), required: new Set(required), exclusive, needs };
}

const needed = ({ required: [first], all }: Sequence): [string, string][] =>
  first === undefined ? [] : all.filter((option) => option !== first).map((option) => [option, first]);
