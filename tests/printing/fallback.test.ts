/**
 * Proves when another printer takes a job over, over real sockets: once, only what surely did not leave, at once from a
 * printer that will not print and after some patience from one that might; and that the first printer's trouble stays
 * to be seen.
 */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { key, kicks, papers, Room } from './room.ts';
import { scratchFolder, until } from './setup.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

/** A printer that answers at once or not at all is not hurried: a busy machine must not look like a dead printer. */
const LIMITS = { sendMs: 30_000, connectMs: 30_000, askMs: 30_000, retryWaitsMs: [1_000, 2_000] };

let room: Room;
beforeEach(() => {
  room = new Room(folder.path);
  room.fallbacks.set(1, 2);
});
afterEach(() => room.close());

describe('a printer that will not print', () => {
  it.each([
    ['refuses', false],
    ['paperOut', true],
  ] as const)('%s: the other one has the receipt at once, and no kick', async (mode, asked) => {
    await room.printerThat(mode, 1);
    const other = await room.printerThat('good', 2);
    if (asked) room.answering.add(1);
    room.add(1);
    room.open({ limits: LIMITS }).wake();
    await until(() => room.state() === 'sent', 'the receipt');
    expect([papers(other), kicks(other)]).toEqual([['Nota 1'], [0]]);
    expect([room.job().printer, room.job().attempts]).toEqual([2, 1]);
  });

  it('stays in trouble, while the one that took over is fine', async () => {
    await room.printerThat('refuses', 1);
    await room.printerThat('good', 2);
    room.add(1);
    const queue = room.open({ limits: LIMITS });
    queue.wake();
    await until(() => room.state() === 'sent', 'the receipt');
    expect(queue.printers()).toEqual([
      { printer: 1, state: 'trouble', problem: 'refused', waiting: 0 },
      { printer: 2, state: 'fine', problem: null, waiting: 0 },
    ]);
  });
});

describe('a printer that might print in a moment', () => {
  it('has three tries', async () => {
    const own = await room.printerThat('hangsUp', 1);
    const other = await room.printerThat('good', 2);
    room.add(1);
    const queue = room.open({ limits: LIMITS });
    for (let tries = 1; tries <= 2; tries += 1) {
      queue.wake();
      await until(() => room.job().attempts === tries && room.state() === 'retry', `try ${tries}`);
      expect(room.job().printer).toBe(1);
      room.pass((room.job().notBefore ?? 0) - room.wall);
    }
    queue.wake();
    await until(() => room.state() === 'sent', 'the receipt');
    expect(papers(other)).toEqual(['Nota 1']);
    expect(own.received()).toHaveLength(3);
  });

  it('has ten seconds', async () => {
    await room.printerThat('hangsUp', 1);
    const other = await room.printerThat('good', 2);
    room.add(1);
    const queue = room.open({ limits: LIMITS });
    queue.wake();
    await until(() => room.state() === 'retry', 'the first try');
    room.pass(10_000);
    queue.wake();
    await until(() => room.state() === 'sent', 'the receipt');
    expect(papers(other)).toEqual(['Nota 1']);
  });

  it('gets it when it comes back before', async () => {
    const own = await room.printerThat('hangsUp', 1);
    const other = await room.printerThat('good', 2);
    room.add(1);
    const queue = room.open({ limits: LIMITS });
    queue.wake();
    await until(() => room.state() === 'retry', 'the first try');
    own.become('good');
    room.pass(1_000);
    queue.wake();
    await until(() => room.state() === 'sent', 'the receipt');
    expect([papers(own), papers(other)]).toEqual([['Nota 1'], []]);
  });
});

describe('a job moves once', () => {
  it('not on to what stands behind the second printer, nor back', async () => {
    const third = await room.printerThat('good', 3);
    await room.printerThat('refuses', 1);
    await room.printerThat('refuses', 2);
    room.fallbacks.set(2, 3);
    room.add(1);
    const queue = room.open({ limits: { ...LIMITS, retryWaitsMs: [20] } });
    queue.wake();
    await until(() => triesThere() > 4, 'tries at the second');
    room.pass(121_000);
    queue.wake();
    await until(() => room.state() === 'failed', 'too late');
    expect([room.job().problem, room.job().printer, third.received()]).toEqual(['too-late', 2, []]);
  });

  it('and home again when a person wants it once more', async () => {
    await room.printerThat('refuses', 1);
    const second = await room.printerThat('resetsMidJob', 2);
    room.add(1);
    const queue = room.open({ limits: LIMITS });
    queue.wake();
    await until(() => room.state() === 'unconfirmed', 'the second printer');
    expect(room.job().printer).toBe(2);
    const own = await room.printerThat('good', 1);
    expect(queue.resend(key(1))).toBe('ok');
    await until(() => room.state() === 'sent', 'the copy');
    expect([papers(own), kicks(own), room.job().printer]).toEqual([['Nota 1'], [0], 1]);
    expect(second.received()).toHaveLength(1);
  });

  /** Lets time go by, and says how often the second printer was tried. */
  function triesThere(): number {
    room.pass(30);
    return room.job().printer === 2 ? room.job().attempts : 0;
  }
});

it('takes nothing over that was under way when the engine died', async () => {
  await room.printerThat('refuses', 1);
  const other = await room.printerThat('good', 2);
  room.add(1);
  room.db.prepare(`UPDATE print_job SET state = 'sending'`).run();
  const queue = room.open({ limits: LIMITS });
  queue.wake();
  room.add(2);
  queue.wake();
  await until(() => room.state(2) === 'sent', 'the next receipt');
  expect([room.state(1), room.job(1).printer, papers(other)]).toEqual(['unconfirmed', 1, ['Nota 2']]);
});
