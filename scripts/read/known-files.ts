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

/** How many files, and how many bytes of them, are known at once. What is read of a file has some three times its size. */
const MOST = 20_000;
const MOST_BYTES = 64 * 1024 ** 2;

/** Files by their very bytes (the object, which nobody changes): the same under the same path are read once. */
export class KnownFiles {
  readonly #files = new Map<Uint8Array, ReadFile>();
  #bytes = 0;

  of(kind: FileKind, file: string, bytes: Uint8Array): ReadFile {
    const known = this.#files.get(bytes);
    if (known?.file === file) return known;
    if (this.#files.size >= MOST || this.#bytes >= MOST_BYTES) {
      this.#files.clear();
      this.#bytes = 0;
    }
    const read = readFile(kind, file, bytes);
    this.#files.set(bytes, read);
    this.#bytes += bytes.length;
    return read;
  }
}
