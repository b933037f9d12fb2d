/** Proves that whatever can go wrong with a paper is told to a person in both languages, and that nothing else is. */
import { describe, expect, it } from 'vitest';
import { JOB_PROBLEMS } from '../../main/engine/printing/jobs.ts';
import english from '../../renderer/app/locales/en.json' with { type: 'json' };
import indonesian from '../../renderer/app/locales/id.json' with { type: 'json' };

describe.each([
  ['Indonesian', indonesian.print.problem],
  ['English', english.print.problem],
])('%s', (_language, words) => {
  it('has a sentence for every problem of a print job', () => {
    expect(Object.keys(words).sort()).toEqual([...JOB_PROBLEMS].sort());
    for (const sentence of Object.values(words)) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
  });
});
