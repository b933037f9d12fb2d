/**
 * Proves that a PIN is kept so that only the PIN and the pepper together match it, that checks go one after another
 * through a bounded queue, and that an unknown user costs the same work. scrypt is the real one, only counted.
 */
import { createSecretKey, randomBytes, type scrypt } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hashPin, PIN_COST, PinBusyError, type PinCost, verifyPin } from '../../main/engine/auth/pin.ts';
import type { Key } from '../../main/engine/seal/keys.ts';
import { checkPin } from '../../shared/domain/pin.ts';
import { seededRandom } from './seal-support.ts';

const counted = vi.hoisted(() => ({ costs: [] as number[], atOnce: 0, mostAtOnce: 0 }));

vi.mock('node:crypto', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:crypto')>();
  const counting = (...given: Parameters<typeof scrypt>) => {
    const [password, salt, length, options, done] = given;
    counted.costs.push(options.N ?? 0);
    counted.atOnce += 1;
    counted.mostAtOnce = Math.max(counted.mostAtOnce, counted.atOnce);
    real.scrypt(password, salt, length, options, (error, hash) => {
      counted.atOnce -= 1;
      done(error, hash);
    });
  };
  return { ...real, scrypt: counting };
});

const CHEAP: PinCost = { logN: 8, r: 8, p: 1 };
const pepper = createSecretKey(randomBytes(32)) as Key<'pepper'>;
const otherPepper = createSecretKey(randomBytes(32)) as Key<'pepper'>;

beforeEach(() => {
  counted.costs = [];
  counted.mostAtOnce = 0;
});

describe('a PIN hash', () => {
  it('matches its PIN under its pepper, and no other PIN or pepper', async () => {
    const stored = await hashPin(pepper, '281945', CHEAP);
    expect(await verifyPin(pepper, '281945', stored)).toBe(true);
    for (const wrong of ['281946', '28194', '2819450', '', '２８１９４５']) {
      expect(await verifyPin(pepper, wrong, stored), wrong).toBe(false);
    }
    expect(await verifyPin(otherPepper, '281945', stored)).toBe(false);
  });

  it('at the full cost is one text with its cost in it, salted anew each time, and matches', async () => {
    const first = await hashPin(pepper, '281945');
    const second = await hashPin(pepper, '281945');
    expect(first).toMatch(/^scrypt\$17\$8\$1\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(second).not.toBe(first);
    expect(PIN_COST).toEqual({ logN: 17, r: 8, p: 1 });
    expect(await verifyPin(pepper, '281945', first)).toBe(true);
    expect(counted.costs).toEqual([2 ** 17, 2 ** 17, 2 ** 17]);
  });

  it('with a salt seed is the same again for the same seed only', async () => {
    const first = await hashPin(pepper, '281945', CHEAP, 'command one');
    expect(await hashPin(pepper, '281945', CHEAP, 'command one')).toBe(first);
    expect(await hashPin(pepper, '281945', CHEAP, 'command two')).not.toBe(first);
    expect(await hashPin(pepper, '281946', CHEAP, 'command one')).not.toBe(first);
    expect(await verifyPin(pepper, '281945', first)).toBe(true);
  });

  it('that is damaged stops the check instead of answering, and cannot ask for more memory than we have', async () => {
    const stored = await hashPin(pepper, '281945', CHEAP);
    const [name, , r, p, salt, hash] = stored.split('$');
    const damagedOnes = [
      '',
      'scrypt',
      stored.slice(0, -1),
      `${stored}$`,
      [name, 30, r, p, salt, hash].join('$'),
      [name, 0, r, p, salt, hash].join('$'),
      [name, 8, 99, p, salt, hash].join('$'),
      [name, 8, r, p, '', hash].join('$'),
      [name, 8, r, p, salt, 'AAAA'].join('$'),
    ];
    counted.costs = [];
    for (const damaged of damagedOnes) {
      await expect(verifyPin(pepper, '281945', damaged), damaged).rejects.toThrow(/damaged/);
    }
    expect(counted.costs).toEqual([]);
  });

  it('with any changed character does not match', async () => {
    const stored = await hashPin(pepper, '281945', CHEAP);
    for (let place = stored.indexOf('$', 9); place < stored.length; place += 1) {
      const changed = stored.slice(0, place) + (stored[place] === 'A' ? 'B' : 'A') + stored.slice(place + 1);
      const matches = await verifyPin(pepper, '281945', changed).catch(() => false);
      expect(matches, changed).toBe(false);
    }
  });
});

describe('checking', () => {
  it('an unknown user costs the same work and says no', async () => {
    const stored = await hashPin(pepper, '281945', CHEAP);
    counted.costs = [];
    expect(await verifyPin(pepper, '000000', stored)).toBe(false);
    expect(await verifyPin(pepper, '000000', undefined, CHEAP)).toBe(false);
    expect(counted.costs).toEqual([256, 256]);
    expect(await verifyPin(pepper, '000000', undefined)).toBe(false);
    expect(counted.costs.at(-1)).toBe(2 ** 17);
  });

  it('goes one after another, in the order of asking, whatever each costs', async () => {
    const random = seededRandom();
    const order: number[] = [];
    const checks = Array.from({ length: 20 }, async (_, number) => {
      const cost = { logN: 4 + Math.floor(random() * 10), r: 8, p: 1 };
      await (number % 2 ? hashPin(pepper, '281945', cost) : verifyPin(pepper, '281945', undefined, cost));
      order.push(number);
    });
    await Promise.all(checks);
    expect(order).toEqual(order.toSorted((left, right) => left - right));
    expect(counted.costs).toHaveLength(20);
    expect(counted.mostAtOnce).toBe(1);
  });

  it('lets 32 wait, tells the next that it is busy, and goes on afterwards', async () => {
    const asked = Array.from({ length: 40 }, () => verifyPin(pepper, '1', undefined, CHEAP));
    const results = await Promise.allSettled(asked);
    const refused = results.filter(
      (result) => result.status === 'rejected' && result.reason instanceof PinBusyError,
    );
    expect(refused).toHaveLength(40 - 33);
    expect(counted.costs).toHaveLength(33);
    expect(await verifyPin(pepper, '281945', await hashPin(pepper, '281945', CHEAP))).toBe(true);
  });

  it('goes on after one that failed', async () => {
    const impossible: PinCost = { logN: 40, r: 8, p: 1 };
    const failing = hashPin(pepper, '1', impossible);
    const following = hashPin(pepper, '1', CHEAP);
    await expect(failing).rejects.toThrow();
    expect(await following).toMatch(/^scrypt/);
  });
});

describe('the rule for a new PIN', () => {
  it.each([
    ['', 'pin-too-short'],
    ['28194', 'pin-too-short'],
    ['1234567890123', 'pin-too-short'],
    ['28194a', 'pin-too-short'],
    ['２８１９４５', 'pin-too-short'],
    ['281945\n', 'pin-too-short'],
    ['000000', 'pin-too-simple'],
    ['777777777777', 'pin-too-simple'],
    ['123456', 'pin-too-simple'],
    ['012345678901', 'pin-too-simple'],
    ['789012', 'pin-too-simple'],
    ['987654', 'pin-too-simple'],
    ['210987', 'pin-too-simple'],
    ['281945', undefined],
    ['112345', undefined],
    ['123457', undefined],
    ['135790', undefined],
    ['281945281945', undefined],
  ])('%j is %s', (pin, verdict) => {
    expect(checkPin(pin)).toBe(verdict);
  });

  it('finds exactly 30 of the million PINs of 6 digits too simple: 10 of one digit, 10 runs up, 10 runs down', () => {
    let simple = 0;
    for (let number = 0; number < 1_000_000; number += 1) {
      if (checkPin(String(number).padStart(6, '0')) === 'pin-too-simple') simple += 1;
    }
    expect(simple).toBe(30);
  });
});
