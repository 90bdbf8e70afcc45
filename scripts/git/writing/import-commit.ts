/**
 * Files as a commit, by one process of Git's own importer: no working tree, index, filter, attribute or hook has a part in it, and
 * the bytes are what is given. They go through a file on disk, so a package of any size takes little memory.
 */
import { closeSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rememberTree } from '../commits/revisions.ts';
import type { CommitIdentity } from '../commits/identity.ts';
import { gitAnswer, type Environment } from '../process/run.ts';
import { quoted } from '../stores/scratch.ts';
import { temporaryFolder } from '../stores/temporary.ts';
import { writeWhole } from '../stores/write-whole.ts';

export interface ImportedFile {
  /** From the top of the tree. */
  readonly path: string;
  readonly bytes: number;
  /** Gives its content piece by piece, so many bytes in all. */
  each(take: (chunk: Uint8Array) => void): void;
}

/** A file whose content, or a module whose commit, is among the objects already. */
export interface KnownFile {
  readonly path: string;
  /** Six digits, of no folder. */
  readonly mode: string;
  readonly id: string;
}

/** A file that the commit no longer has. */
export interface RemovedFile {
  readonly path: string;
  readonly isRemoved: true;
}

export interface Import {
  readonly files: Iterable<ImportedFile | KnownFile | RemovedFile>;
  readonly parent?: string;
  /** Whether the other files of the parent stay; without it these are all that the commit has. */
  readonly isOnParent?: boolean;
  readonly message: string;
  readonly author: CommitIdentity;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The time zone as Git writes it, `+0000` without one. */
  readonly zone?: string;
  readonly env?: Environment;
  /** Whether its objects are soon gone: then they stay in one pack, which saves a process. */
  readonly isTemporary?: boolean;
  /** Asked once all bytes were read, before Git gets any; it throws where they are not to be taken. */
  readonly onRead?: () => void;
}

/** Names are not folded by case, large files are not held in memory, and no hook is asked. */
const SETTINGS = ['core.ignoreCase=false', 'core.bigFileThreshold=16m', 'core.hooksPath=/dev/null'];

/** The commit, which no branch holds yet. Throws EnvironmentError, and what `each` and `onRead` throw. */
export function importCommit(folder: string, wanted: Import): string {
  const home = temporaryFolder(tmpdir(), 'miniapp-import-');
  const stream = openSync(join(home.path, 'stream'), 'w+', 0o600);
  try {
    try {
      writeStream(stream, wanted);
      wanted.onRead?.();
    } finally {
      closeSync(stream);
    }
    const from = openSync(join(home.path, 'stream'), 'r');
    try {
      const settings = wanted.isTemporary ? [...SETTINGS, 'fastimport.unpackLimit=0'] : SETTINGS;
      const args = [...settings.flatMap((one) => ['-c', one]), 'fast-import', '--quiet', '--depth=0', '--done'];
      const env = wanted.env ?? {};
      const answer = gitAnswer(folder, args, { from, env }).stdout.toString('latin1');
      const [, commit = '', tree = ''] = /^([0-9a-f]+)\n\d+ tree ([0-9a-f]+)\t\n$/.exec(answer) ?? [];
      rememberTree(commit, tree);
      return commit;
    } finally {
      closeSync(from);
    }
  } finally {
    home.remove();
  }
}

function writeStream(handle: number, wanted: Import): void {
  const { files, parent, isOnParent = false, message, author, now, zone = '+0000' } = wanted;
  const out = new Writer(handle);
  const who = `${author.name} <${author.email}> ${Math.floor(now / 1000)} ${zone}`;
  out.text(`commit ${PLACE}\nmark :1\nauthor ${who}\ncommitter ${who}\n`);
  out.text(`data ${Buffer.byteLength(message)}\n${message}\n${parent === undefined ? '' : `from ${parent}\n`}`);
  if (!isOnParent) out.text('deleteall\n');
  for (const file of files) {
    if ('isRemoved' in file) out.text(`D ${quoted(file.path)}\n`);
    else if ('id' in file) out.text(`M ${file.mode} ${file.id} ${quoted(file.path)}\n`);
    else {
      out.text(`M 100644 inline ${quoted(file.path)}\ndata ${file.bytes}\n`);
      file.each((chunk) => out.bytes(chunk));
      out.text('\n');
    }
  }
  // The branch that the importer needs is removed again; the caller moves a branch of its own.
  out.text(`reset ${PLACE}\nget-mark :1\nls :1 ""\ndone\n`);
  out.flush();
}

const PLACE = 'refs/miniapp/import';

/** Small pieces are put together: each write is a call of the system. */
class Writer {
  readonly #handle: number;
  readonly #buffer = Buffer.allocUnsafe(1024 * 1024);
  #used = 0;

  constructor(handle: number) {
    this.#handle = handle;
  }

  text(text: string): void {
    this.bytes(Buffer.from(text));
  }

  bytes(bytes: Uint8Array): void {
    if (bytes.length > this.#buffer.length - this.#used) this.flush();
    if (bytes.length > this.#buffer.length) return this.#write(bytes);
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  flush(): void {
    this.#write(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  #write(bytes: Uint8Array): void {
    writeWhole(this.#handle, bytes, `the folder of temporary files, ${tmpdir()},`);
  }
}
