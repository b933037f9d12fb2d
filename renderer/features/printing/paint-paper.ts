import { blackRuns, type Drawn, type PaperPlan } from './paper-plan.ts';

/** Words for the marks that are not on the paper itself. */
export interface MarkWords {
  cut: string;
  kick: string;
  more: string;
  unknown: string;
}

const PAPER = '#fffefb';
const INK = '#1d1b17';
const MARK = '#8f4322';
const MARK_GROUND = '#fbf0ea';
/** Share of the line's height at which letters stand. */
const BASELINE = 0.79;
/** A letter of a monospaced font is about 0.6 of its size wide. */
const LETTER_WIDTH = 0.6;
const MARK_FONT = '600 20px system-ui, sans-serif';

/** Draws a paper as its printer would, dot for dot; the marks in clay are ours. */
export function paintPaper(canvas: HTMLCanvasElement, plan: PaperPlan, words: MarkWords): void {
  canvas.width = plan.widthDots;
  canvas.height = plan.heightDots;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = PAPER;
  context.fillRect(0, 0, plan.widthDots, plan.heightDots);
  for (const piece of plan.drawn) {
    if (piece.kind === 'text') paintText(context, piece, plan.cellDots);
    else if (piece.kind === 'picture') paintPicture(context, piece);
    else paintMark(context, piece, plan.widthDots, words);
  }
}

type Of<Kind extends Drawn['kind']> = Extract<Drawn, { kind: Kind }>;

/** Each character in its own cell: columns stand under each other whatever font the machine has. */
function paintText(context: CanvasRenderingContext2D, row: Of<'text'>, cellDots: number): void {
  const across = row.wide ? 2 : 1;
  const down = row.tall ? 2 : 1;
  context.save();
  context.translate(0, row.top);
  context.scale(across, down);
  context.fillStyle = INK;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.font = `${row.bold ? '700' : '500'} ${cellDots / LETTER_WIDTH}px monospace`;
  const baseline = (row.heightDots / down) * BASELINE;
  for (const [index, character] of [...row.text].entries()) {
    if (character !== ' ') context.fillText(character, (index + 0.5) * cellDots, baseline);
  }
  context.restore();
}

function paintPicture(context: CanvasRenderingContext2D, picture: Of<'picture'>): void {
  context.fillStyle = INK;
  for (const [x, y, length] of blackRuns(picture)) context.fillRect(x, picture.top + y, length, 1);
}

function paintMark(
  context: CanvasRenderingContext2D,
  mark: Of<'cut' | 'kick' | 'more' | 'unknown'>,
  width: number,
  words: MarkWords,
): void {
  const middle = mark.top + mark.heightDots / 2;
  const text = mark.kind === 'unknown' ? `${words.unknown} ${mark.hex}` : words[mark.kind];
  context.save();
  context.strokeStyle = MARK;
  context.setLineDash([10, 8]);
  context.beginPath();
  context.moveTo(0, middle);
  context.lineTo(width, middle);
  context.stroke();
  context.font = MARK_FONT;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const room = context.measureText(text).width + 24;
  context.fillStyle = MARK_GROUND;
  context.fillRect((width - room) / 2, mark.top + 2, room, mark.heightDots - 4);
  context.fillStyle = MARK;
  context.fillText(text, width / 2, middle + 1, width);
  context.restore();
}
