/**
 * When a person sees what a key did, measured inside the page: from the key's own time stamp to the end of the first
 * frame after the page has changed. That frame is awaited as a browser offers it: `requestAnimationFrame` runs as it
 * begins, and a message sent from there is heard when it has been drawn.
 */
import type { Page } from 'playwright-core';

interface Wish {
  /** Met as soon as so many elements fit this. */
  readonly selector: string;
  readonly count?: number;
  /** Instead of a count: met when nothing inside has changed for so long; the last change is what counts. */
  readonly quietMs?: number;
}

interface PaintWatch {
  wish(next: Wish): void;
  /** Milliseconds from the newest key to the frame that showed what was wished for; null when nothing changed. */
  sinceKey(): Promise<number | null>;
  frames(count: number): Promise<number[]>;
}

/** Milliseconds; what did not come by then is an error, not a figure. */
const PATIENCE_MS = 20_000;

/** Makes the watch in the page as it is loaded now. */
export async function watchPaint(page: Page): Promise<void> {
  await page.evaluate(installWatch, PATIENCE_MS);
}

/** How long after the last of the keys that `press` strikes the page shows `count` elements of `selector`. */
export async function paintedAfter(
  page: Page,
  wish: { selector: string; count: number },
  press: () => Promise<void>,
): Promise<number> {
  const tookMs = await settledAfter(page, wish, press);
  if (tookMs === null) throw new Error(`${wish.selector} was there before`);
  return tookMs;
}

/** How long after the last key the last change inside `selector` was drawn; null when nothing changed in it. */
export async function settledAfter(
  page: Page,
  wish: Wish,
  press: () => Promise<void>,
): Promise<number | null> {
  await page.evaluate((next) => (window as unknown as { paint: PaintWatch }).paint.wish(next), wish);
  await press();
  return page.evaluate(() => (window as unknown as { paint: PaintWatch }).paint.sinceKey());
}

/** What stands between two frames of this page, milliseconds: the floor of everything that is to be seen. */
export function frameIntervals(page: Page, count: number): Promise<number[]> {
  return page.evaluate((many) => (window as unknown as { paint: PaintWatch }).paint.frames(many), count);
}

/** Runs in the page. */
function installWatch(patienceMs: number): void {
  let keyAt = 0;
  let wish: Wish | undefined;
  let lastChangeAt = 0;
  let drawn: Promise<number> | undefined;
  const channel = new MessageChannel();
  const listeners: ((at: number) => void)[] = [];
  channel.port1.onmessage = () => listeners.shift()?.(performance.now());
  const frame = () =>
    new Promise<number>((done) => {
      requestAnimationFrame(() => {
        listeners.push(done);
        channel.port2.postMessage(0);
      });
    });
  const hear = (event: Event) => {
    keyAt = event.timeStamp;
  };
  window.addEventListener('keydown', hear, true);

  function look(records: readonly MutationRecord[]): void {
    if (!wish) return;
    const { selector, count } = wish;
    if (count !== undefined) {
      if (!drawn && document.querySelectorAll(selector).length >= count) drawn = frame();
      return;
    }
    const isInside = ({ target }: MutationRecord) =>
      (target instanceof Element ? target : target.parentElement)?.closest(selector);
    if (!records.some(isInside)) return;
    lastChangeAt = performance.now();
    drawn = frame();
  }
  new MutationObserver(look).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });

  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
  async function sinceKey(): Promise<number | null> {
    const { quietMs } = wish as Wish;
    const from = performance.now();
    while (quietMs !== undefined && performance.now() - Math.max(lastChangeAt, from) < quietMs)
      await pause(5);
    while (quietMs === undefined && !drawn) {
      if (performance.now() - from > patienceMs) throw new Error(`never shown: ${wish?.selector}`);
      await pause(1);
    }
    return drawn === undefined ? null : (await drawn) - keyAt;
  }

  async function frames(count: number): Promise<number[]> {
    const intervals: number[] = [];
    let before = await frame();
    while (intervals.length < count) {
      const now = await frame();
      intervals.push(now - before);
      before = now;
    }
    return intervals;
  }

  Object.assign(window, {
    paint: {
      wish(next: Wish) {
        wish = next;
        drawn = undefined;
        lastChangeAt = 0;
        if (next.count !== undefined && document.querySelectorAll(next.selector).length >= next.count)
          throw new Error(`there before the key: ${next.selector}`);
      },
      sinceKey,
      frames,
    } satisfies PaintWatch,
  });
}
