/**
 * A package as a zip that is the same wherever and whenever it is made: entries sorted by the bytes of their names, stored without
 * compression, dated 1980-01-01, without anything of the machine. (APPNOTE.TXT 6.3.10 of PKWARE.)
 */
import { crc32 } from 'node:zlib';
import { LIMITS } from '../project/limits.ts';
import type { OpenPackage } from './store.ts';

const [LOCAL, CENTRAL, END, END_64, LOCATOR_64] = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50];
/** 1980-01-01, the first day that the format knows. */
const DATE = 0x0021;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** Made as on Unix, so that the mode of a plain file is kept. */
const MADE_BY = 0x0314;
const MODE = 0o100644 * 2 ** 16;
const MOST_ENTRIES = 0xffff;

/** Gives it piece by piece. Throws what reading the package throws. */
export function writeZip({ files, content }: OpenPackage, take: (bytes: Uint8Array) => void): void {
  const entries = [...files.values()]
    .map((file) => ({ ...file, name: Buffer.from(file.path) }))
    .sort((a, b) => Buffer.compare(a.name, b.name));
  const central: Buffer[] = [];
  let at = 0;
  const give = (bytes: Uint8Array) => {
    take(bytes);
    at += bytes.length;
  };
  for (const { path, bytes, name } of entries) {
    let crc = 0;
    content.each(path, bytes, (chunk) => (crc = crc32(chunk, crc)));
    // Version, flags, stored, time, date, sums, lengths: the same in both places.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(FLAGS, 2);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(bytes, 14);
    common.writeUInt32LE(bytes, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(MODE, 6);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([number(CENTRAL), Buffer.from([MADE_BY & 0xff, MADE_BY >> 8]), common, tail, name]));
    give(Buffer.concat([number(LOCAL), common, name]));
    content.each(path, bytes, give);
  }
  const start = at;
  for (const entry of central) give(entry);
  give(endOf(entries.length, at - start, start));
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

function endOf(count: number, size: number, start: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(Math.min(count, MOST_ENTRIES), 8);
  end.writeUInt16LE(Math.min(count, MOST_ENTRIES), 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(start, 16);
  if (count < MOST_ENTRIES) return end;
  const large = Buffer.alloc(56 + 20);
  large.writeUInt32LE(END_64, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(0x032d, 12);
  large.writeUInt16LE(45, 14);
  for (const offset of [24, 32]) large.writeBigUInt64LE(BigInt(count), offset);
  large.writeBigUInt64LE(BigInt(size), 40);
  large.writeBigUInt64LE(BigInt(start), 48);
  large.writeUInt32LE(LOCATOR_64, 56);
  large.writeBigUInt64LE(BigInt(start + size), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}

/** Bytes that the zip of a package can have: each file has its name twice, of at most so many bytes. */
export const LARGEST_ZIP = LIMITS.bytes + LIMITS.files * (30 + 46 + 2 * 1024);
