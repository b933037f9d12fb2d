/**
 * A cashier who follows a script and never guesses: looks at the screen, does the next thing that it asks for, and
 * looks again. Whatever dies meanwhile, the sale ends in one of two ways: a receipt number was shown, or the basket is
 * gone without one and no slip says "not recorded" – then only the books know.
 */
import { until } from '../support/electron-runtime.ts';
import { strikeAtOnce } from './keyboard.ts';
import type { KilledTill } from './killed-till.ts';

/** What one buyer brings to the till; the first line's goods are sold to nobody else. */
export interface Basket {
  readonly lines: readonly { readonly code: string; readonly name: string }[];
  /** As the screen shows it. */
  readonly total: string;
}

export interface Rung {
  /** The receipt's number, when it was seen. */
  readonly number: string | undefined;
  /** How often the sale had to be recorded by hand because nobody knew of it. */
  readonly recorded: number;
}

/** What the cashier is about to do. */
export const STEPS = ['scan', 'open', 'finish'] as const;
export type Step = (typeof STEPS)[number];

export interface Cashier {
  ring(basket: Basket, atStep: (step: Step) => void): Promise<Rung>;
}

const SALE_PATIENCE_MS = 150_000;
const SHORT_PAUSE_MS = 15;
/** A screen without basket, slip and number has to stay so for this long before the cashier believes it. */
const BELIEVE_MS = 1_500;

interface Seen {
  place: 'till' | 'sign-in' | 'failure' | 'elsewhere';
  lines: string[];
  total: string;
  dialog: 'none' | 'pay' | 'other';
  number: string | undefined;
  /** Slips of sales whose answer was lost: asked about, or for the cashier to decide. */
  slips: ('asking' | 'undecided')[];
}

/** Someone who knows the PIN of `username`. */
export function cashierAt(till: KilledTill, { username, pin }: { username: string; pin: string }): Cashier {
  const known = new Set<string>();

  const screen = () => till.with((page) => page.evaluate(readScreen));

  /** Looks; undefined while there is nothing that could be looked at. */
  async function look(): Promise<Seen | undefined> {
    try {
      return await screen();
    } catch {
      await till.revive();
      return undefined;
    }
  }

  function strike(...keys: string[]): Promise<void> {
    return till.with(async ({ keyboard }) => {
      for (const key of keys) await keyboard.press(key);
    });
  }

  async function signIn(): Promise<void> {
    await till.with(async ({ keyboard }) => {
      await keyboard.press(username.charAt(0));
      await keyboard.type(pin);
      await keyboard.press('Enter');
    });
    await pause(300);
  }

  function scanAll({ lines }: Basket): Promise<void> {
    return till.with(async (page) => {
      // What a torn scan left in the search field is not part of a code.
      await page.keyboard.press('Escape');
      for (const { code } of lines) await strikeAtOnce(page, [...code, 'Enter']);
    });
  }

  /** Waits until the screen is another, or for a moment. */
  async function changed(from: Seen, patienceMs: number): Promise<void> {
    const before = JSON.stringify(from);
    const endAtMs = performance.now() + patienceMs;
    while (performance.now() < endAtMs) {
      await pause(SHORT_PAUSE_MS);
      if (JSON.stringify(await screen()) !== before) return;
    }
  }

  async function ring(basket: Basket, atStep: (step: Step) => void): Promise<Rung> {
    let scanned = false;
    let paid = false;
    let recorded = 0;
    let nothingSince: number | undefined;
    const isWhole = ({ lines, total }: Seen) =>
      lines.length === basket.lines.length &&
      total === basket.total &&
      basket.lines.every(({ name }) => lines.some((line) => line.includes(name)));

    /** Does what the screen asks for; gives how the sale ended as soon as it has. */
    async function step(seen: Seen): Promise<Rung | undefined> {
      const isBare = seen.place === 'till' && seen.lines.length === 0 && seen.slips.length === 0;
      if (!(isBare && paid && seen.dialog === 'none')) nothingSince = undefined;
      if (seen.place === 'failure') {
        await strike('Tab', 'Enter');
        await changed(seen, 5_000);
      } else if (seen.place === 'sign-in') {
        await signIn();
      } else if (seen.place === 'elsewhere') {
        await pause(SHORT_PAUSE_MS);
      } else if (seen.dialog === 'pay') {
        if (!isWhole(seen)) {
          await strike('Escape');
        } else {
          paid = true;
          atStep('finish');
          await strike('Enter');
        }
        await changed(seen, 5_000);
      } else if (seen.dialog === 'other') {
        await strike('Escape');
        await changed(seen, 2_000);
      } else if (seen.slips.includes('undecided')) {
        recorded += 1;
        await strike('F6');
        await changed(seen, 5_000);
      } else if (seen.slips.length > 0) {
        await changed(seen, 2_000);
      } else if (seen.lines.length > 0 && isWhole(seen)) {
        atStep('open');
        await strike('F8');
        await changed(seen, 2_000);
      } else if (seen.lines.length > 0) {
        if (await staysSo(seen)) await strike('Control+Delete', 'Enter');
        scanned = false;
      } else if (paid && seen.number !== undefined && !known.has(seen.number)) {
        known.add(seen.number);
        return { number: seen.number, recorded };
      } else if (paid) {
        nothingSince ??= performance.now();
        if (performance.now() - nothingSince > BELIEVE_MS) return { number: undefined, recorded };
        await pause(SHORT_PAUSE_MS);
      } else if (!scanned) {
        atStep('scan');
        await scanAll(basket);
        scanned = true;
        await wholeSoon();
      } else {
        scanned = false;
      }
      return undefined;
    }

    /** Lines come one after the other; a part of a basket is no reason to begin again yet. */
    async function staysSo(seen: Seen): Promise<boolean> {
      await changed(seen, 1_000);
      const now = await screen();
      return JSON.stringify(now) === JSON.stringify(seen);
    }

    async function wholeSoon(): Promise<void> {
      const endAtMs = performance.now() + 3_000;
      while (performance.now() < endAtMs) {
        if (isWhole(await screen())) return;
        await pause(SHORT_PAUSE_MS);
      }
    }

    let rung: Rung | undefined;
    let last: Seen | undefined;
    await until(
      `the sale of ${basket.lines[0]?.name} is done`,
      async () => {
        const seen = await look();
        last = seen ?? last;
        if (!seen) return false;
        try {
          rung = await step(seen);
        } catch {
          // The window died under the cashier's hands: look again.
        }
        return rung !== undefined;
      },
      SALE_PATIENCE_MS,
    ).catch((error) => {
      throw new Error(`${error.message}; the screen at last: ${JSON.stringify(last)}`);
    });
    return rung as Rung;
  }

  return { ring };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Runs in the page: what a person would see there. */
function readScreen(): Seen {
  const all = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${name}"]`)];
  const text = (name: string) => all(name)[0]?.innerText.trim();
  const isTill = all('total').length > 0;
  const isFailure = location.pathname === '/failure';
  const isSignIn = !isTill && document.querySelector('main input[type="password"]') !== null;
  const dialogs = document.querySelectorAll('[role="dialog"]').length;
  return {
    place: isFailure ? 'failure' : isSignIn ? 'sign-in' : isTill ? 'till' : 'elsewhere',
    lines: [...document.querySelectorAll<HTMLElement>('[data-testid="cart"] li')].map(
      (line) => line.innerText,
    ),
    total: text('total') ?? '',
    dialog: all('cash-due').length > 0 ? 'pay' : dialogs > 0 ? 'other' : 'none',
    number: text('receipt-number'),
    slips: all('ticket').map((slip) => (slip.innerText.includes('F6') ? 'undecided' : 'asking')),
  };
}
