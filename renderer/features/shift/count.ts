import { denominationsRupiah } from '../../../shared/contract/shift.ts';

type Denomination = (typeof denominationsRupiah)[number];

/** Seldom in a drawer; asked for after the others, so that they cost nobody a key. */
const RARE_RUPIAH: readonly Denomination[] = [50, 75_000];

/** Notes and coins in the order in which they are asked for: largest first, the rare ones last. */
export const countedNotes: readonly { valueRupiah: Denomination; rare: boolean }[] = [
  ...denominationsRupiah
    .filter((value) => !RARE_RUPIAH.includes(value))
    .map((valueRupiah) => ({ valueRupiah, rare: false })),
  ...RARE_RUPIAH.map((valueRupiah) => ({ valueRupiah, rare: true })),
];

/** Longest number of pieces a field takes: more notes than that are in no drawer. */
export const MAX_PIECES_DIGITS = 5;

/** What was typed beside the notes: keys are notes in rupiah, values digits; nothing typed is none. */
export type Counts = Readonly<Record<number, string>>;

/** What the counted pieces come to, in rupiah. */
export function countedRupiah(counts: Counts): number {
  return countedNotes.reduce((sum, { valueRupiah }) => sum + valueRupiah * piecesOf(counts, valueRupiah), 0);
}

/** The counted pieces as the contract takes them: largest note first, without those of which there are none. */
export function denominationsOf(counts: Counts): { valueRupiah: Denomination; pieces: number }[] {
  return denominationsRupiah
    .map((valueRupiah) => ({ valueRupiah, pieces: piecesOf(counts, valueRupiah) }))
    .filter(({ pieces }) => pieces > 0);
}

function piecesOf(counts: Counts, valueRupiah: number): number {
  return Number(counts[valueRupiah] || 0);
}
