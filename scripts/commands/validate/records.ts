/** What a validation of a folder found, kept for the next one of the same folder by the same code. */
import { realpathSync } from 'node:fs';
import { codeStamp } from '../../cache/code.ts';
import type { Store } from '../../cache/store.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import type { FolderState } from './examine.ts';
import type { ClockSpan } from './part-finding.ts';
import { ReadingPlace } from './readings.ts';
import type { MiniappSummary } from './summary.ts';

/** The finding of a miniapp, and the state of its folder. */
export interface PartRecord {
  readonly folderState: FolderState;
  readonly span: ClockSpan;
  readonly summary?: MiniappSummary | undefined;
  readonly problems: readonly LocatedProblem[];
}

export interface Records {
  /** A digest of the files that all share: every finding rests on them. */
  readonly shared: string;
  /** What is wrong with those, without the miniapps. */
  readonly sharedProblems: readonly LocatedProblem[];
  /** What the rules found that compare miniapps. */
  readonly comparing: readonly LocatedProblem[];
  readonly parts: ReadonlyMap<string, PartRecord>;
}

/** A record as it is written; one of ten thousand is best short, and the names of its files are those of many others: a number stands for them. */
type Row = [
  id: string,
  names: number,
  stamp: string | null,
  content: string,
  ...ClockSpan,
  MiniappSummary | null,
  LocatedProblem[]?,
];
interface Written extends Omit<Records, 'parts'> {
  readonly code: string;
  readonly folder: string;
  /** Names of files, a line each. */
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

/** The place of the records of a folder; undefined where nothing can be kept. `began`: milliseconds since 1970. */
export function recordsOf(store: Store | undefined, path: string, began: number): RecordPlace | undefined {
  const code = store && codeStamp(began);
  return store && code !== undefined ? new RecordPlace(store, realpathSync(path), code) : undefined;
}

export class RecordPlace {
  /** What was read of the same folder. */
  readonly readings: ReadingPlace;
  readonly #store: Store;
  readonly #folder: string;
  readonly #code: string;
  readonly #name: string;

  constructor(store: Store, folder: string, code: string) {
    this.#store = store;
    this.#folder = folder;
    this.#code = code;
    const ofFolder = process.getBuiltinModule('node:crypto').hash('sha256', folder).slice(0, 32);
    this.#name = `validate-${ofFolder}`;
    this.readings = new ReadingPlace(store, `read-${ofFolder}`, folder, code);
  }

  read(): Records | undefined {
    const text = this.#store.get(this.#name);
    if (text === undefined) return undefined;
    const { code, folder, names, rows, ...rest } = JSON.parse(text) as Written;
    if (code !== this.#code || folder !== this.#folder) return undefined;
    const lists = names.map((list) => list.split('\n'));
    const parts = new Map<string, PartRecord>();
    for (const [id, list, stamp, content, from, until, summary, problems = []] of rows) {
      const folderState = { names: lists[list]!, content, stamp: stamp ?? undefined };
      parts.set(id, { folderState, span: [from, until], summary: summary ?? undefined, problems });
    }
    return { ...rest, parts };
  }

  write({ parts, ...rest }: Records): void {
    const lists = new Map<string, number>();
    const numberOf = (list: string): number => {
      const known = lists.get(list) ?? lists.size;
      lists.set(list, known);
      return known;
    };
    const rows = [...parts].map(([id, { folderState, span, summary, problems }]): Row => {
      const { names, stamp = null, content } = folderState;
      const row = [id, numberOf(names.join('\n')), stamp, content, ...span, summary ?? null] as const;
      return problems.length > 0 ? [...row, [...problems]] : [...row];
    });
    const written: Written = { code: this.#code, folder: this.#folder, ...rest, names: [...lists.keys()], rows };
    this.#store.put(this.#name, JSON.stringify(written));
  }
}
