/**
 * Reads the bytes of a print job as a printer would and tells what stands on the paper. It knows just the commands
 * that the program may send and throws at anything else, so a byte too many or too few cannot pass unseen.
 */

export interface SeenLine {
  text: string;
  bold: boolean;
  tall: boolean;
  /** Double width as well: each character takes two columns. */
  wide?: true;
}

/** One raster command: `bits` are its rows of whole bytes, most significant bit leftmost, 1 is black. */
export interface SeenRaster {
  widthDots: number;
  heightDots: number;
  afterLines: number;
  bits: Buffer;
}

export interface SeenPaper {
  /** Printed lines; a line feed at the start of a line is an empty one. Feeds by command count as empty lines. */
  lines: SeenLine[];
  /** Drawer pulses with the number of lines that were printed before each. */
  kicks: { pin: 2 | 5; afterLines: number; afterCommands: number }[];
  cuts: { afterLines: number }[];
  rasters: SeenRaster[];
  codePages: number[];
  leftChineseMode: boolean;
  initialisations: number;
  asksStatus: boolean;
  /** Text after the last line feed: it would stay in the printer until the next job. */
  unfinished: string;
}

interface Style {
  bold: boolean;
  tall: boolean;
  wide: boolean;
}

class Reader {
  bytes: Buffer;
  at = 0;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  next(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Error(`the job ends in the middle of a command at byte ${this.at}`);
    this.at += 1;
    return byte;
  }
  get isOver(): boolean {
    return this.at >= this.bytes.length;
  }
}

/** Throws with the offset at a byte or command that is not known here. */
export function readPaper(bytes: Buffer): SeenPaper {
  const reader = new Reader(bytes);
  const paper: SeenPaper = {
    lines: [],
    kicks: [],
    cuts: [],
    rasters: [],
    codePages: [],
    leftChineseMode: false,
    initialisations: 0,
    asksStatus: false,
    unfinished: '',
  };
  const style: Style = { bold: false, tall: false, wide: false };
  let commands = 0;
  while (!reader.isOver) {
    const at = reader.at;
    const byte = reader.next();
    if (byte === 0x0a) {
      const { bold, tall, wide } = style;
      paper.lines.push({ text: paper.unfinished, bold, tall, ...(wide ? { wide: true } : {}) });
      paper.unfinished = '';
    } else if (byte >= 0x20 && byte <= 0x7e) {
      paper.unfinished += String.fromCharCode(byte);
    } else {
      readCommand(byte, reader, paper, style, at, commands);
      commands += 1;
    }
  }
  return paper;
}

function readCommand(
  lead: number,
  reader: Reader,
  paper: SeenPaper,
  style: Style,
  at: number,
  commands: number,
): void {
  const unknown = () =>
    new Error(`unknown bytes at ${at}: ${reader.bytes.subarray(at, at + 6).toString('hex')}`);
  const code = reader.next();
  const name = `${lead.toString(16)} ${code.toString(16)}`;
  switch (name) {
    case '1c 2e':
      paper.leftChineseMode = true;
      return;
    case '1b 40':
      style.bold = false;
      style.tall = false;
      style.wide = false;
      paper.initialisations += 1;
      return;
    case '1b 74':
      paper.codePages.push(reader.next());
      return;
    case '1b 21': {
      const mode = reader.next();
      if (mode !== 0x00 && mode !== 0x10 && mode !== 0x30) throw unknown();
      style.tall = mode !== 0;
      style.wide = mode === 0x30;
      style.bold = false;
      return;
    }
    case '1b 45':
      style.bold = reader.next() === 1;
      return;
    case '1b 64':
      for (let feed = reader.next(); feed > 0; feed -= 1)
        paper.lines.push({ text: '', bold: false, tall: false });
      return;
    case '1b 70':
      readKick(reader, paper, commands, unknown);
      return;
    case '1d 56':
      if (reader.next() > 1) throw unknown();
      paper.cuts.push({ afterLines: paper.lines.length });
      return;
    case '1d 72':
      if (reader.next() !== 1) throw unknown();
      paper.asksStatus = true;
      return;
    case '1d 76':
      readRaster(reader, paper, unknown);
      return;
    default:
      throw unknown();
  }
}

function readKick(reader: Reader, paper: SeenPaper, afterCommands: number, unknown: () => Error): void {
  const pin = reader.next();
  const on = reader.next();
  const off = reader.next();
  // The pulse is on × 2 ms; a printer needs it shorter than the rest after it.
  if (pin > 1 || on === 0 || off < on) throw unknown();
  paper.kicks.push({ pin: pin === 0 ? 2 : 5, afterLines: paper.lines.length, afterCommands });
}

function readRaster(reader: Reader, paper: SeenPaper, unknown: () => Error): void {
  // Modes 1 to 3 double the dots, which no code of ours needs; a picture in the middle of a line prints anywhere.
  if (reader.next() !== 0x30 || reader.next() !== 0 || paper.unfinished !== '') throw unknown();
  const widthBytes = reader.next() + 256 * reader.next();
  const heightDots = reader.next() + 256 * reader.next();
  const bits = Buffer.alloc(widthBytes * heightDots);
  for (let byte = 0; byte < bits.length; byte += 1) bits[byte] = reader.next();
  paper.rasters.push({ widthDots: widthBytes * 8, heightDots, afterLines: paper.lines.length, bits });
}
