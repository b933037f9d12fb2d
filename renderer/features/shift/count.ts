/** Notes and coins a drawer holds, largest first, rupiah. */
export const NOTES_RUPIAH = [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100] as const;

/** What the counted pieces come to, in rupiah. Keys are notes, values the typed counts; nothing typed is none. */
export function countedRupiah(counts: Readonly<Record<number, string>>): number {
  return NOTES_RUPIAH.reduce((sum, note) => sum + note * Number(counts[note] || 0), 0);
}
