/**
 * All that was read of each miniapp, kept beside what was found of it, for commands that say everything: so that unchanged files are not read
 * and parsed again. In many texts, so that an edit of one miniapp writes a few of them.
 */
import type { Miniapp } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import type { Store } from '../../cache/store.ts';

export interface MiniappReading {
  /** Its maps are plain objects once they were kept, which have a prototype. */
  readonly miniapp: Miniapp;
  /** Its files, by their paths in the configuration. */
  readonly files: readonly string[];
  /** A digest of the paths and the contents of its text files. */
  readonly texts: string;
}

/** A reading, and a digest of the folder that it was made of. */
export interface KeptReading {
  readonly content: string;
  readonly reading: MiniappReading;
}

const TEXTS = 64;
/** Miniapps beyond which none is kept: they would take more room than all that is kept may have. */
const MOST = 30_000;

type KeptMiniapp = Omit<Miniapp, 'versions' | 'reports'> & {
  readonly versions: readonly (readonly [
    string,
    Miniapp['versions'] extends ReadonlyMap<string, infer V> ? V : never,
  ])[];
  readonly reports: readonly (readonly [string, Miniapp['reports'] extends ReadonlyMap<string, infer R> ? R : never])[];
};
type ReadingRow = [content: string, texts: string, files: string, miniapp: KeptMiniapp];
interface WrittenReadings {
  readonly code: string;
  readonly folder: string;
  readonly rows: readonly ReadingRow[];
}

export class ReadingPlace {
  readonly #store: Store;
  readonly #folder: string;
  readonly #code: string;
  readonly #name: string;

  /** `name`: of the texts in the store; `folder`, `code`: whose readings they are, and what read them. */
  constructor(store: Store, name: string, folder: string, code: string) {
    this.#store = store;
    this.#folder = folder;
    this.#code = code;
    this.#name = name;
  }

  /** By the ids of miniapps. */
  read(): Map<string, KeptReading> {
    const readings = new Map<string, KeptReading>();
    for (let at = 0; at < TEXTS; at += 1) {
      const text = this.#store.get(this.#nameOf(at));
      if (text === undefined) continue;
      const { code, folder, rows } = JSON.parse(text) as WrittenReadings;
      if (code !== this.#code || folder !== this.#folder) continue;
      for (const [content, texts, names, { versions, reports, ...rest }] of rows) {
        const miniapp = { ...rest, versions: new Map(versions), reports: new Map(reports) };
        const files = names.split('\n').map((name) => `${pathOf.folder(rest.id)}/${name}`);
        readings.set(rest.id, { content, reading: { miniapp, files, texts } });
      }
    }
    return readings;
  }

  /** Writes the texts of those that are new or gone. `before`: what `read` gave. */
  write(readings: ReadonlyMap<string, KeptReading>, before: ReadonlyMap<string, KeptReading>): void {
    if (readings.size > MOST) return;
    const changed = new Set<number>();
    for (const [id, { content }] of readings) if (before.get(id)?.content !== content) changed.add(placeOf(id));
    for (const id of before.keys()) if (!readings.has(id)) changed.add(placeOf(id));
    const byPlace = Map.groupBy(readings, ([id]) => placeOf(id));
    for (const at of changed) {
      const rows = (byPlace.get(at) ?? []).map(([id, { content, reading }]): ReadingRow => {
        const { miniapp, files, texts } = reading;
        const start = pathOf.folder(id).length + 1;
        const kept = { ...miniapp, versions: [...miniapp.versions], reports: [...miniapp.reports] };
        return [content, texts, files.map((file) => file.slice(start)).join('\n'), kept];
      });
      const written: WrittenReadings = { code: this.#code, folder: this.#folder, rows };
      this.#store.put(this.#nameOf(at), JSON.stringify(written));
    }
  }

  /**
   * Forgets what was read of those of these miniapps that hold something else by now: an account that somebody took out of a whitelist must
   * not stay here. `ids`: undefined for whichever are here; `contentOf`: a digest of the folder of each, as it is.
   */
  dropStale(ids: Iterable<string> | undefined, contentOf: (id: string) => string | undefined): void {
    for (const at of ids ? new Set([...ids].map(placeOf)) : Array.from({ length: TEXTS }, (_, i) => i)) {
      const text = this.#store.get(this.#nameOf(at));
      if (text === undefined) continue;
      const written = JSON.parse(text) as WrittenReadings;
      const isOwn = written.code === this.#code && written.folder === this.#folder;
      // Nobody reads the rows of another code any more, whatever form they have: they would only stay.
      const rows = isOwn ? written.rows.filter(([content, , , { id }]) => contentOf(id) === content) : [];
      if (isOwn && rows.length === written.rows.length) continue;
      const left: WrittenReadings = { code: this.#code, folder: this.#folder, rows };
      this.#store.put(this.#nameOf(at), JSON.stringify(left));
    }
  }

  #nameOf(at: number): string {
    return `${this.#name}-${at}`;
  }
}

/** Which text holds a miniapp: any even spread does. */
function placeOf(id: string): number {
  let sum = 0;
  for (let i = 0; i < id.length; i += 1) sum = (sum * 31 + id.charCodeAt(i)) | 0;
  return (sum >>> 0) % TEXTS;
}
