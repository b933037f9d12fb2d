import { assertRule } from './check.ts';
import { type Rupiah, rupiah } from './money.ts';

/** The parts of a vendor's statement between opening and closing, in the order they are shown. */
export const STATEMENT_SECTIONS = ['shares', 'reversals', 'fees', 'adjustments', 'payouts'] as const;

export type StatementSectionName = (typeof STATEMENT_SECTIONS)[number];

/** One posting to a vendor's account. */
export interface StatementMovement {
  readonly section: StatementSectionName;
  /** Rupiah as the vendor sees it: what the center owes more is positive, what it owes less or has paid negative. */
  readonly amount: Rupiah;
  /** The command that posted it: the order of movements within a section. */
  readonly seq: number;
}

export interface StatementSection<Movement extends StatementMovement> {
  readonly section: StatementSectionName;
  readonly movements: readonly Movement[];
  readonly sum: Rupiah;
}

export interface Statement<Movement extends StatementMovement> {
  readonly opening: Rupiah;
  /** All five, in order, also where a section is empty. */
  readonly sections: readonly StatementSection<Movement>[];
  /** opening + Σ movements; the opening of the next statement. */
  readonly closing: Rupiah;
}

/**
 * Arranges a vendor's movements as a statement: one function for screen, paper and phone. Movements keep whatever
 * more they carry (label, memo, day). Amounts in rupiah, either sign. Throws when a sum leaves the largest amount.
 * Docs/domain rule: opening, shares, reversals, fees, adjustments, payouts, closing; closing(n) = opening(n+1).
 */
export function statementOf<Movement extends StatementMovement>(
  opening: Rupiah,
  movements: readonly Movement[],
): Statement<Movement> {
  const bySection = new Map<StatementSectionName, Movement[]>(STATEMENT_SECTIONS.map((name) => [name, []]));
  let closing: number = opening;
  for (const movement of movements) {
    const list = bySection.get(movement.section);
    assertRule(list !== undefined, `no such section: ${movement.section}`);
    list.push(movement);
    closing += movement.amount;
  }
  const sections = STATEMENT_SECTIONS.map((section) => sectionOf(section, bySection.get(section) ?? []));
  const sum = sections.reduce((total, section) => total + section.sum, 0);
  assertRule(opening + sum === closing, 'closing is the opening and everything between');
  return { opening, sections, closing: rupiah(closing) };
}

function sectionOf<Movement extends StatementMovement>(
  section: StatementSectionName,
  movements: readonly Movement[],
): StatementSection<Movement> {
  let sum = 0;
  for (const movement of movements) sum += movement.amount;
  return { section, movements: movements.toSorted((a, b) => a.seq - b.seq), sum: rupiah(sum) };
}
