/**
 * Whose turn it is at a printer, and how far a run of labels has come. Only print_job, which is no history: what waits
 * from before takes the place that its kind has now.
 */
export const printTurnsMigration = {
  version: 60,
  sql: `
ALTER TABLE print_job ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE print_job ADD COLUMN labels_out INTEGER NOT NULL DEFAULT 0;
UPDATE print_job SET rank = (
    SELECT CASE kind WHEN 'label' THEN 2 ELSE 1 END FROM print_wish WHERE seq = wish_seq AND n = wish_n)
  WHERE EXISTS (SELECT 1 FROM print_wish WHERE seq = wish_seq AND n = wish_n
    AND kind IN ('label', 'shift-slip', 'shift-report', 'payout-slip'));
CREATE INDEX print_job_turn ON print_job (printer, rank, wish_seq, wish_n) WHERE state IN ('queued', 'retry');
`,
};
