/** A QR code as one SVG path or on a canvas, from the same modules. */
import { create } from 'qrcode';
import { defined } from '#core/defined.ts';
import { ORDINARY_LEVEL, type Level } from './levels.ts';

/** Light modules around a code, as ISO/IEC 18004 asks. */
const QUIET = 4;

export type Mask = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface QrCode {
  /** Modules along a side, the quiet zone included. */
  readonly side: number;
  /** The dark modules as an SVG path to be stroked: the middle of each run of them in a row. */
  readonly path: string;
}

/**
 * The code of a text, or undefined when the text is too long for one. Without a mask, the best of the eight is looked for,
 * which takes five times as long as the code itself; every reader reads every mask.
 */
export function qrCode(text: string, level: Level = ORDINARY_LEVEL, maskPattern?: Mask): QrCode | undefined {
  let modules;
  try {
    // One segment of bytes: looking for a mix of modes takes as long as all the rest, and gains nothing for links.
    ({ modules } = create([{ data: new TextEncoder().encode(text), mode: 'byte' }], {
      errorCorrectionLevel: level,
      ...defined({ maskPattern }),
    }));
  } catch {
    return undefined;
  }
  const { size, data } = modules;
  let path = '';
  for (let row = 0; row < size; row += 1) {
    // Where the last run of the row ended; the first starts from the edge.
    let end = -1;
    for (let column = 0; column < size; column += 1) {
      const start = column;
      while (column < size && data[row * size + column]) column += 1;
      if (column === start) continue;
      path += end < 0 ? `M${start + QUIET} ${row + QUIET}.5` : `m${start - end} 0`;
      path += `h${column - start}`;
      end = column;
    }
  }
  return { side: size + 2 * QUIET, path };
}

/** A file of its own: dark on white whatever the page looks like. */
export const svgText = ({ side, path }: QrCode): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path stroke="#000" d="${path}"/></svg>\n`;

/** The same for the page, made of elements. */
export function svgElement({ side, path }: QrCode, label: string): SVGSVGElement {
  const make = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const box = { viewBox: `0 0 ${side} ${side}`, 'shape-rendering': 'crispEdges', role: 'img', 'aria-label': label };
  const svg = make('svg', box) as SVGSVGElement;
  svg.append(make('path', { fill: '#fff', d: `M0 0h${side}v${side}H0z` }), make('path', { stroke: '#000', d: path }));
  return svg;
}

/** A PNG of at least so many pixels a side, whole pixels a module. */
export function pngBlob({ side, path }: QrCode, least: number): Promise<Blob | null> {
  const scale = Math.ceil(least / side);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * scale;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.strokeStyle = '#000';
  context.stroke(new Path2D(path));
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
