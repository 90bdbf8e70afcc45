/**
 * The files of a zip as `zip.ts` writes it, and of no other: entries one after the other, stored as they are. Whoever unpacks it with
 * another program finds these files and nothing else, because the zip made again of what was read is the same to the byte.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import type { Content } from '../project/content.ts';
import { LIMITS } from '../project/limits.ts';
import type { ProjectFile } from '../project/tree.ts';
import type { OpenPackage, Unusable } from './store.ts';
import { refusedPath } from './stored-tree.ts';
import { writeZip } from './zip.ts';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const HEADER = 30;
const CHUNK = 1024 * 1024;
const LONGEST_PATH = 4096;

interface ZipEntry extends ProjectFile {
  readonly start: number;
}

/** `file`: open for reading; `sha256`: of the whole zip. Reads from the file as long as the content is used. */
export function readZip(file: number, sha256: string): OpenPackage | Unusable {
  const entries = entriesIn(file);
  if ('refused' in entries) return entries;
  const open = { files: entries, content: contentIn(file, entries) };
  const hash = createHash('sha256');
  try {
    writeZip(open, (bytes) => hash.update(bytes));
  } catch {
    return { refused: 'its zip ends early' };
  }
  return hash.digest('hex') === sha256 ? open : { refused: 'its zip is not the one that is made of its files' };
}

function entriesIn(file: number): Map<string, ZipEntry> | { readonly refused: string } {
  const found = new Map<string, ZipEntry>();
  const folders = new Set<string>();
  const header = Buffer.alloc(HEADER);
  let [at, total] = [0, 0];
  while (readSync(file, header, 0, HEADER, at) >= 4 && header.readUInt32LE(0) === LOCAL) {
    if (found.size >= LIMITS.files) return { refused: `it has more than the ${LIMITS.files} files that are possible` };
    const bytes = header.readUInt32LE(18);
    const length = header.readUInt16LE(26);
    if (length > LONGEST_PATH) return { refused: `a name in its zip has more than ${LONGEST_PATH} bytes` };
    const name = Buffer.alloc(length);
    if (readSync(file, name, 0, length, at + HEADER) < length) return { refused: 'its zip ends early' };
    if (!isUtf8(name)) return { refused: 'a name in its zip is not UTF-8' };
    const path = name.toString('utf8');
    const parents = path.split('/').slice(0, -1);
    const why =
      refusedPath(path) ??
      (found.has(path) ? `${JSON.stringify(path)} is there twice` : undefined) ??
      (parents.length > LIMITS.depth ? `it has more than ${LIMITS.depth} folders below each other` : undefined);
    if (why !== undefined) return { refused: why };
    for (let i = 1; i <= parents.length; i += 1) folders.add(parents.slice(0, i).join('/'));
    total += bytes;
    if (total > LIMITS.bytes) return { refused: `it has more than the ${LIMITS.bytes} bytes that are possible` };
    found.set(path, { path, bytes, start: at + HEADER + length });
    at += HEADER + length + bytes;
  }
  const both = [...found.keys()].find((path) => folders.has(path));
  if (both !== undefined) return { refused: `${JSON.stringify(both)} is a file and a folder` };
  return header.readUInt32LE(0) === CENTRAL && found.size > 0 ? found : { refused: 'it is no zip of files' };
}

function contentIn(file: number, entries: ReadonlyMap<string, ZipEntry>): Content {
  const buffer = Buffer.allocUnsafe(CHUNK);
  return {
    each(path, limit, take) {
      const entry = entries.get(path);
      if (!entry) throw new Error('it is not there');
      if (entry.bytes > limit) throw new Error(`it has more than ${limit} bytes`);
      for (let done = 0; done < entry.bytes;) {
        const read = readSync(file, buffer, 0, Math.min(CHUNK, entry.bytes - done), entry.start + done);
        if (read === 0) throw new Error('its content ends early');
        take(buffer.subarray(0, read));
        done += read;
      }
      return entry.bytes;
    },
  };
}
