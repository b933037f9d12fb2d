/**
 * Proves that an engine killed at any point of printing neither loses a job unseen nor prints one twice or late by
 * itself: a real process is killed by SIGKILL between every two states, before printers of every kind, the table is
 * opened again at once or hours later, and the paper is compared with the states. SOAK=1 goes through all of it, the
 * short form draws some by the seed.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { JobKind } from '../../main/engine/printing/jobs.ts';
import { readPaper } from '../support/paper.ts';
import { PROPERTY_TIMEOUT_MS, seed } from '../support/seed.ts';
import { runAndKill } from './killed.ts';
import { limitsFor, type PrinterCase, printerCases } from './matrix-ends.ts';
import { deliveries, key, kicks, papers, Room } from './room.ts';
import { rest, scratchFolder, until } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const KINDS = ['drawer', 'receipt', 'label', 'document'] as const satisfies JobKind[];
/** Laid out, sending, answered, written; once more for a second try or the printer that takes over, and its retry. */
const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const HOURS = 5 * 3_600_000;

/** How an engine dies, and how long nobody starts it again. */
interface Death {
  kind: JobKind;
  hasOther: boolean;
  dieAtStep: number;
  offMs: 0 | typeof HOURS;
}

const everyDeath: Death[] = KINDS.flatMap((kind) =>
  [false, true].flatMap((hasOther) =>
    STEPS.flatMap((dieAtStep) =>
      ([0, HOURS] as const).map((offMs) => ({ kind, hasOther, dieAtStep, offMs })),
    ),
  ),
);
const DRAWN = 2;
const SOAK = process.env.SOAK === '1';

/** The deaths that are tried at the printer number `index`. */
function deathsAt(index: number): Death[] {
  if (SOAK) return everyDeath;
  return fc.sample(fc.constantFrom(...everyDeath), { seed: seed + index, numRuns: DRAWN });
}

/** A job on its own printer or on a second one: the engine is killed, started again, and left alone until all is late. */
async function expectOnce(of: PrinterCase, death: Death): Promise<void> {
  const { kind, hasOther, dieAtStep, offMs } = death;
  const room = new Room(folder.path);
  try {
    room.wall = Date.now();
    const own = await room.printerThat(of.mode);
    const other = await room.printerThat('good', 2);
    if (hasOther) room.fallbacks.set(1, 2);
    if (of.asked === 'asked') room.answering.add(1);
    room.add(1, 1, kind);
    const ports: [number, number] = [own.port, hasOther ? other.port : 0];
    const common = { path: room.path, kind, ports, limits: limitsFor(of) };
    await runAndKill({ ...common, isAsked: of.asked === 'asked', dieAtStep });
    // What a dead engine had handed to the kernel arrives after its death.
    await rest(30);
    const calls = () => own.received().length + other.received().length;
    const callsBefore = calls();
    const wasUnderWay = room.state() === 'sending';

    room.wall = Date.now() + offMs;
    const queue = room.open({ limits: limitsFor(of) });
    if (wasUnderWay) expect([room.state(), room.job().problem]).toEqual(['unconfirmed', 'interrupted']);
    queue.wake();
    await room.untilPatienceEnds();
    room.pass(HOURS);
    queue.wake();
    await until(() => room.isOver(), 'an end by its deadline');
    await rest(20);

    const delivered = deliveries(own) + deliveries(other);
    expect(delivered).toBeLessThanOrEqual(1);
    // Hours later nobody is even called.
    if (offMs > 0) expect(calls()).toBe(callsBefore);
    if (room.state() === 'sent') expect(delivered).toBe(1);
    if (room.state() === 'failed') expect(delivered).toBe(0);
    if (room.job().printer === 2 && room.state() === 'sent') expect(papers(other)).toEqual(['Nota 1']);
    expect(deliveries(other) === 0 || kicks(other)[0] === 0).toBe(true);
    expect(room.faults).toEqual([]);
  } finally {
    await room.close();
  }
}

describe.concurrent('killed between two states', () => {
  const named = printerCases.map((of, index) => ({ ...of, of, deaths: deathsAt(index) }));
  it.each(named)(
    'before a printer that is $mode, $asked',
    async ({ of, deaths }) => {
      for (const death of deaths) {
        try {
          await expectOnce(of, death);
        } catch (error) {
          throw new Error(`SEED=${seed} ${JSON.stringify(death)}`, { cause: error });
        }
      }
    },
    SOAK ? PROPERTY_TIMEOUT_MS : undefined,
  );
});

describe('killed', () => {
  const points = [
    { dieAtStep: 2, what: 'right after "sending" was written', onPaper: [] },
    { dieAtStep: 3, what: 'after the bytes left, before "sent" was written', onPaper: ['Nota 1'] },
  ];

  it.each(points)('$what: unconfirmed, and only a person sends it again', async ({ dieAtStep, onPaper }) => {
    const room = new Room(folder.path);
    room.wall = Date.now();
    const printer = await room.printerThat('good');
    room.add(1);
    const orders = { path: room.path, kind: 'receipt', isAsked: false, limits: {} } as const;
    expect(await runAndKill({ ...orders, ports: [printer.port, 0], dieAtStep })).toBe(true);
    await until(() => papers(printer).length === onPaper.length, 'the paper of the dead engine');
    expect(room.state()).toBe('sending');

    const queue = room.open({ limits: { sendMs: 30_000, connectMs: 30_000 } });
    expect([room.state(), room.job().problem]).toEqual(['unconfirmed', 'interrupted']);
    room.add(2);
    queue.wake();
    await until(() => room.state(2) === 'sent', 'the next receipt');
    expect(papers(printer)).toEqual([...onPaper, 'Nota 2']);

    expect(queue.resend(key(1))).toBe('ok');
    await until(() => room.state(1) === 'sent', 'the copy');
    expect(papers(printer)).toEqual([...onPaper, 'Nota 2', 'Nota 1']);
    const copy = readPaper(printer.received().at(-1) ?? Buffer.alloc(0));
    expect(copy.lines[0]?.text.trim()).toBe('SALINAN');
    await room.close();
  });

  it('again and again at any moment: nothing doubled, nothing lost unseen', async () => {
    const JOBS = 12;
    const MAX_KILLS = 30;
    const room = new Room(folder.path);
    room.wall = Date.now();
    const printer = await room.printerThat('good');
    for (let seq = 1; seq <= JOBS; seq += 1) room.add(seq, 1, 'document');
    const moments = fc.sample(fc.integer({ min: 0, max: 80 }), { seed, numRuns: MAX_KILLS });
    let kills = 0;
    for (const dieAfterMs of moments) {
      const orders = { path: room.path, kind: 'document', isAsked: false, limits: {} } as const;
      if (!(await runAndKill({ ...orders, ports: [printer.port, 0], dieAfterMs }))) break;
      kills += 1;
    }
    const queue = room.open({ limits: { sendMs: 30_000, connectMs: 30_000 } });
    await queue.close({ deadlineMs: 20_000 });

    const paper = papers(printer);
    expect(new Set(paper).size).toBe(paper.length);
    for (let seq = 1; seq <= JOBS; seq += 1) {
      const state = room.state(seq);
      expect(['sent', 'unconfirmed']).toContain(state);
      if (state === 'sent') expect(paper).toContain(`Nota ${seq}`);
    }
    expect(kills).toBeGreaterThan(1);
    await room.close();
  });
});
