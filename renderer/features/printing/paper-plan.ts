import type { PaperElement, PaperStyle, PaperWidth } from '../../../shared/domain/escpos-reading.ts';

/** Font A is 24 dots high; the usual line feed is 30 dots, and as much as the row needs where it is taller. */
const GLYPH_DOTS = 24;
const LINE_DOTS = 30;
const ROW_GAP_DOTS = LINE_DOTS - GLYPH_DOTS;
/** Room for a mark that is not on the paper: a cut, a drawer that opens, bytes nobody knows. */
const MARK_DOTS = 36;
const MARGIN_DOTS = 24;
/** No browser draws a canvas much higher; 200 labels are longer than that. */
export const MAX_PLAN_DOTS = 24_000;

/** One thing to draw, from `top` downwards, `heightDots` high. */
export type Drawn = { readonly top: number; readonly heightDots: number } & (
  | ({ readonly kind: 'text'; readonly text: string } & PaperStyle)
  | { readonly kind: 'picture'; readonly widthDots: number; readonly bits: Uint8Array }
  | { readonly kind: 'cut' | 'kick' | 'more' }
  | { readonly kind: 'unknown'; readonly hex: string }
);

export interface PaperPlan {
  readonly widthDots: number;
  readonly heightDots: number;
  /** Width of one character of a row that is not wide. */
  readonly cellDots: number;
  readonly drawn: readonly Drawn[];
}

/** Where everything on a paper stands, in its own dots; what is past the longest picture ends in one mark. */
export function planPaper(elements: readonly PaperElement[], width: PaperWidth): PaperPlan {
  const drawn: Drawn[] = [];
  let top = MARGIN_DOTS;
  for (const element of elements) {
    const heightDots = heightOf(element);
    if (top + heightDots > MAX_PLAN_DOTS - MARK_DOTS - MARGIN_DOTS) {
      drawn.push({ kind: 'more', top, heightDots: MARK_DOTS });
      top += MARK_DOTS;
      break;
    }
    const piece = pieceOf(element, top, heightDots);
    if (piece) drawn.push(piece);
    top += heightDots;
  }
  return {
    widthDots: width.dots,
    heightDots: Math.ceil(top) + MARGIN_DOTS,
    cellDots: width.dots / width.columns,
    drawn,
  };
}

function heightOf(element: PaperElement): number {
  switch (element.kind) {
    case 'text':
      return (element.tall ? 2 * GLYPH_DOTS : GLYPH_DOTS) + ROW_GAP_DOTS;
    case 'picture':
      return element.heightDots;
    case 'feed':
      return element.lines * LINE_DOTS;
    default:
      return MARK_DOTS;
  }
}

function pieceOf(element: PaperElement, top: number, heightDots: number): Drawn | undefined {
  switch (element.kind) {
    case 'feed':
      return undefined;
    case 'text':
      return { ...element, top, heightDots: heightDots - ROW_GAP_DOTS };
    case 'picture': {
      const { kind, widthDots, bits } = element;
      return { kind, widthDots, bits, top, heightDots };
    }
    case 'unknown':
      return { kind: 'unknown', hex: element.hex, top, heightDots };
    case 'cut':
    case 'kick':
      return { kind: element.kind, top, heightDots };
  }
}

/** The paper's words from top to bottom, for whoever cannot see the picture. */
export function paperWords(elements: readonly PaperElement[]): string {
  return elements.flatMap((element) => (element.kind === 'text' ? [element.text.trim()] : [])).join('\n');
}

/** Runs of black dots of a picture: `[x, y, length]` each; drawn as strips they are far fewer than dots. */
export function blackRuns(picture: {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bits: Uint8Array;
}): [x: number, y: number, length: number][] {
  const runs: [number, number, number][] = [];
  const rowBytes = picture.widthDots / 8;
  for (let y = 0; y < picture.heightDots; y += 1) {
    let start = -1;
    for (let x = 0; x <= picture.widthDots; x += 1) {
      const byte = picture.bits[y * rowBytes + (x >> 3)] ?? 0;
      const isBlack = x < picture.widthDots && ((byte >> (7 - (x & 7))) & 1) === 1;
      if (isBlack && start < 0) start = x;
      if (!isBlack && start >= 0) {
        runs.push([start, y, x - start]);
        start = -1;
      }
    }
  }
  return runs;
}
