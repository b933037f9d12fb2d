import { type DrawingContext, qrcode } from 'bwip-js/generic';

/** A QR code as the `d` of one SVG path, and the side of its square, both in its own units; quiet zone included. */
export interface QrPath {
  path: string;
  side: number;
}

/** ISO/IEC 18004: four light modules around the code. */
const QUIET_MODULES = 4;
/** The library draws at least two units for a module. */
const MODULE_UNITS = 2;

/** Error correction M, the level that phones expect of a code on a screen. Throws for a text that no code carries. */
export function qrPath(text: string): QrPath {
  const options = { bcid: 'qrcode', text, eclevel: 'M', scale: 1 };
  return qrcode<QrPath>(options, collector());
}

/** Takes the outlines the library fills; a QR code has neither lines nor curves nor words. */
function collector(): DrawingContext<QrPath> {
  const quiet = QUIET_MODULES * MODULE_UNITS;
  const outlines: string[] = [];
  let side = 0;
  return {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init(width) {
      side = width + 2 * quiet;
    },
    polygon(points) {
      outlines.push(`M${points.map(([x, y]) => `${x + quiet} ${y + quiet}`).join('L')}Z`);
    },
    line() {},
    hexagon() {},
    ellipse() {},
    text() {},
    fill() {},
    end: () => ({ path: outlines.join(''), side }),
  };
}
