/** One file read: what it holds, and what is wrong with its form; and files that come again, as in a history, read once. */
import type { Avatar } from '../core/model.ts';
import type { FileKind } from '../core/paths.ts';
import type { Problem } from '../core/problems/problem.ts';
import { readAvatar } from './avatar.ts';
import { checkShape } from './schema.ts';
import { readYaml, type YamlResult } from './yaml.ts';

interface ReadFile {
  readonly file: string;
  /** Absent of an image. */
  readonly yaml?: YamlResult;
  /** Of its YAML; of its shape where that is sound. */
  readonly problems: readonly Problem[];
  /** Absent where the image cannot be an avatar. */
  readonly avatar?: Avatar | undefined;
}

/** Takes a file of YAML or an image. */
export function readFile(kind: FileKind, file: string, bytes: Uint8Array): ReadFile {
  if (kind === 'avatar') return { file, problems: [], avatar: readAvatar(file, bytes) };
  const yaml = readYaml(file, bytes);
  return { file, yaml, problems: yaml.problems.length > 0 ? yaml.problems : checkShape(kind, file, yaml) };
}

/** How many files are known at once: some hundred megabytes at most. */
const MOST = 20_000;

/** Files by their very bytes (the object, which nobody changes): the same under the same path are read once. */
export class KnownFiles {
  readonly #files = new Map<Uint8Array, ReadFile>();

  of(kind: FileKind, file: string, bytes: Uint8Array): ReadFile {
    const known = this.#files.get(bytes);
    if (known?.file === file) return known;
    if (this.#files.size >= MOST) this.#files.clear();
    const read = readFile(kind, file, bytes);
    this.#files.set(bytes, read);
    return read;
  }
}
