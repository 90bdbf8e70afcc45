/** Avatars: their format and size by their bytes, and no bytes that stall the reader. */
import { PNG } from 'pngjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AVATAR_LIMIT, readAvatar } from './avatar.ts';

const png = (width: number, height: number): Buffer => PNG.sync.write(new PNG({ width, height }));

/** The parts of a baseline JPEG of 16 × 16 grey pixels: tables, frame, scan, end. */
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/' +
    'wAALCAAQABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==',
  'base64',
);
/** The frame of a lossless WebP: RIFF header, VP8L with 14 bits each of width and height less one. */
function webp(width: number, height: number): Buffer {
  const bits = (width - 1) | ((height - 1) << 14);
  const data = Buffer.alloc(10);
  data.writeUInt8(0x2f, 0);
  data.writeUInt32LE(bits >>> 0, 1);
  const chunk = Buffer.concat([Buffer.from('VP8L'), uint32(data.length), data]);
  return Buffer.concat([Buffer.from('RIFF'), uint32(chunk.length + 4), Buffer.from('WEBP'), chunk]);
}
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (inside: string, attributes = ''): string =>
  `<svg ${NAMESPACES} width="64" height="64" viewBox="0 0 64 64"${attributes}>${inside}</svg>`;
const readSvg = (text: string) => readAvatar('avatar.svg', Buffer.from(text));

describe('the format and size are those of the bytes, not of the name', () => {
  test.each([
    ['PNG', png(16, 24), { format: 'png', width: 16, height: 24 }],
    ['JPEG', JPEG, { format: 'jpg', width: 16, height: 16 }],
    ['WebP', webp(300, 200), { format: 'webp', width: 300, height: 200 }],
    ['SVG', Buffer.from(svg('')), { format: 'svg', width: 64, height: 64 }],
    ['SVG with a viewBox alone', Buffer.from('<svg viewBox="0 0 32 48"/>'), { format: 'svg', width: 32, height: 48 }],
    ['SVG with a byte order mark', Buffer.from(`\uFEFF${svg('')}`), { format: 'svg', width: 64, height: 64 }],
  ] as const)('%s', (_, bytes, expected) => {
    for (const file of ['a.png', 'a.jpg', 'a.webp', 'a.svg']) {
      expect(readAvatar(file, bytes)).toEqual({ file, bytes: bytes.length, ...expected });
    }
  });

  test('an SVG after a long licence, a declaration and a document type', () => {
    const doctype =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    const text = `<?xml version="1.0" encoding="utf-8"?>\n<!-- ${'licence <svg> '.repeat(400)} -->\n${doctype}\n${svg('')}`;
    expect(readSvg(text)).toEqual({ file: 'avatar.svg', bytes: text.length, format: 'svg', width: 64, height: 64 });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('hello')],
    ['a web page', Buffer.from('<!DOCTYPE html><html><body>x</body></html>')],
    ['a GIF', Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64')],
    ['a BMP', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)])],
    ['a signature of PNG alone', png(16, 16).subarray(0, 8)],
    ['half a PNG, with its size', png(64, 64).subarray(0, 40)],
    ['a PNG without its end', png(16, 16).subarray(0, -12)],
    ['half a JPEG, with its size', JPEG.subarray(0, -2)],
    ['half a WebP, with its size', webp(64, 64).subarray(0, -1)],
    ['an SVG without any size', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['an SVG in UTF-16', Buffer.from(svg(''), 'utf16le')],
    ['an SVG with bytes that are not UTF-8', Buffer.concat([Buffer.from(svg('')), Buffer.from([0xff])])],
    ['more bytes than an avatar has', Buffer.concat([png(16, 16), Buffer.alloc(AVATAR_LIMIT)])],
  ])('%s is no image', (_, bytes) => {
    expect(readAvatar('avatar.png', bytes)).toEqual({ file: 'avatar.png', bytes: bytes.length });
  });

  test('a part of a larger buffer is read as that part', () => {
    const whole = Buffer.concat([Buffer.from('junk'), webp(20, 20), Buffer.from('junk')]);
    expect(readAvatar('a.webp', whole.subarray(4, -4))).toMatchObject({ format: 'webp', width: 20, height: 20 });
  });
});

describe('no bytes stall or break it', () => {
  const head = svg('').replace('</svg>', '');
  const fill = (piece: string, before = '', after = ''): string => {
    const count = Math.floor((AVATAR_LIMIT - before.length - after.length - 16) / piece.length);
    return before + piece.repeat(count) + after;
  };
  const pieces = [
    ' ',
    '\n',
    'a',
    '<',
    '<g ',
    '<g>',
    '<svg ',
    '<!--',
    '<![CDATA[',
    '&',
    '&#',
    '&#x41;',
    'url(',
    'url( ',
    '"',
    "='",
    '\\',
    '\\41 ',
    '/*',
    '@import',
    ' a="b"',
    'href=',
  ];
  test.each(pieces)('a quarter of a megabyte of %j', (piece) => {
    const texts = [
      fill(piece),
      fill(piece, '<svg '),
      fill(piece, head),
      fill(piece, `${head}<style>`, '</style></svg>'),
      fill(piece, `${head}<style>url(`, ')</style></svg>'),
      fill(piece, `${head}<path d="`, '"/></svg>'),
      fill(piece, `${head}<g ${piece}`, '/></svg>'),
    ];
    const start = process.cpuUsage();
    for (const text of texts) readSvg(text);
    // A quadratic step would take minutes.
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(5000);
  });

  test('on any bytes, and on images with any bytes changed', () => {
    const images = [png(16, 16), JPEG, webp(16, 16), Buffer.from(svg('<style>a{fill:url(#a)}</style><g id="a"/>'))];
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...images), edits, fc.nat(), (image, changes, cut) => {
        const bytes = Uint8Array.from(image.subarray(0, image.length - (cut % 3 === 0 ? cut % image.length : 0)));
        for (const [position, byte] of changes) bytes[position % Math.max(1, bytes.length)] = byte;
        const { width = 0, height = 0, format } = readAvatar('avatar.png', bytes);
        expect(Number.isFinite(width) && Number.isFinite(height)).toBe(true);
        if (format === undefined) expect([width, height]).toEqual([0, 0]);
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readAvatar('avatar.png', bytes)));
  });
});
