/** A QR code as one SVG path or on a canvas, from the same modules. */
import { create } from 'qrcode';

/** Light modules around a code, as ISO/IEC 18004 asks. */
const QUIET = 4;

export interface QrCode {
  /** Modules along a side, the quiet zone included. */
  readonly side: number;
  /** The dark modules, row runs of them, as an SVG path. */
  readonly path: string;
}

/** The code of a text, or undefined when the text is too long for one. */
export function qrCode(text: string): QrCode | undefined {
  let modules;
  try {
    ({ modules } = create(text, { errorCorrectionLevel: 'M' }));
  } catch {
    return undefined;
  }
  const runs: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      const start = column;
      while (column < modules.size && modules.get(row, column)) column += 1;
      if (column > start) runs.push(`M${start + QUIET} ${row + QUIET}h${column - start}v1h-${column - start}z`);
    }
  }
  return { side: modules.size + 2 * QUIET, path: runs.join('') };
}

/** A file of its own: dark on white whatever the page looks like. */
export const svgText = ({ side, path }: QrCode): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>\n`;

/** The same for the page, made of elements. */
export function svgElement({ side, path }: QrCode, label: string): SVGSVGElement {
  const make = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const box = { viewBox: `0 0 ${side} ${side}`, 'shape-rendering': 'crispEdges', role: 'img', 'aria-label': label };
  const svg = make('svg', box) as SVGSVGElement;
  svg.append(make('path', { fill: '#fff', d: `M0 0h${side}v${side}H0z` }), make('path', { fill: '#000', d: path }));
  return svg;
}

/** A PNG of at least 512 pixels a side, whole pixels a module. */
export function pngBlob({ side, path }: QrCode): Promise<Blob | null> {
  const scale = Math.ceil(512 / side);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * scale;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.fillStyle = '#000';
  context.fill(new Path2D(path));
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
