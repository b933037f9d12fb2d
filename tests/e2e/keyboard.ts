/**
 * A person who has only a keyboard and a scanner, in front of any window of the program. What they see they look up
 * on the page; what they do goes through `page.keyboard` alone. A watch in the page itself reports every pointer
 * event and every breach of the content security policy, so that "without a mouse" is observed, not promised.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { until } from '../support/electron-runtime.ts';

/** Tabs pressed at most in search of a field: more than any screen has stops. */
const MAX_TABS = 60;
/** Slower than the till's scanner rule (50 ms between keys), as hands are. */
const HAND_GAP_MS = 70;
const SEEN_TIMEOUT_MS = 30_000;

/** What a page did that it must never do. All three lists stay empty in a good run. */
export interface Watch {
  /** Pointer, mouse, touch, wheel and drag events: somebody used a hand that this person does not have. */
  pointer: string[];
  /** Breaches of the content security policy. */
  policy: string[];
  /** Errors on the console and errors nobody caught. */
  errors: string[];
}

/** Begins to watch every page of a context, the ones that are open included, from their next load on. */
export async function watchContext(context: BrowserContext): Promise<Watch> {
  const watch: Watch = { pointer: [], policy: [], errors: [] };
  await context.exposeFunction('reportToTest', (list: keyof Watch, what: string) => {
    watch[list].push(what);
  });
  await context.addInitScript(watchInPage);
  const listen = (page: Page) => {
    // Somebody who listens from the start: asked for only when the key is pressed, the system's own dialog may win.
    page.on('filechooser', () => {});
    page.on('pageerror', (error) => watch.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') watch.errors.push(message.text());
      if (/content security policy/i.test(message.text())) watch.policy.push(message.text());
    });
  };
  for (const page of context.pages()) listen(page);
  context.on('page', listen);
  return watch;
}

/** Runs in the page before any of its own code. */
function watchInPage(): void {
  const report = (window as unknown as { reportToTest(list: string, what: string): void }).reportToTest;
  const ofAHand = ['mousedown', 'mouseup', 'pointerdown', 'touchstart', 'wheel', 'dragstart', 'click'];
  for (const name of ofAHand) {
    window.addEventListener(
      name,
      (event) => {
        // A button pressed by Enter or Space is clicked too; only a hand's click counts its clicks.
        if (name === 'click' && (event as MouseEvent).detail === 0) return;
        report('pointer', `${name} on ${(event.target as Element | null)?.nodeName}`);
      },
      { capture: true, passive: true },
    );
  }
  window.addEventListener(
    'securitypolicyviolation',
    ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      report('policy', `${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`),
    true,
  );
}

export interface Person {
  page: Page;
  /** Presses keys one after the other, each a name such as `F8`, `Enter`, `Alt+3`. */
  press(...keys: string[]): Promise<void>;
  /** Types, quicker than any hand: forms do not care. */
  type(text: string): Promise<void>;
  /** Types as slowly as hands do, where the program tells hands from a scanner. */
  typeByHand(text: string): Promise<void>;
  /** Types as a scanner does: as fast as it can, Enter at the end. */
  scan(code: string): Promise<void>;
  /** Presses Tab until the field or button of this name has the focus. */
  tabTo(name: string): Promise<void>;
  /** Waits until this field or button has the focus by itself: what is typed next belongs there. */
  isAt(name: string): Promise<void>;
  /** `tabTo`, then what belongs into the field. */
  fill(fields: Readonly<Record<string, string>>): Promise<void>;
  /** Keys pressed since the beginning. */
  keys(): number;
  /** Waits until a thing is to be seen, and gives its text. */
  read(what: string | Locator): Promise<string>;
  /** Waits until text stands on the page. */
  sees(text: string | RegExp): Promise<void>;
  /** A picture of the screen, where somebody asked for pictures: SHOTS=folder. */
  shoot(name: string): Promise<void>;
}

export function personAt(page: Page): Person {
  let keys = 0;
  const press = async (...names: string[]) => {
    for (const name of names) {
      keys += 1;
      await page.keyboard.press(name);
    }
  };
  const type = async (text: string) => {
    keys += text.length;
    await page.keyboard.type(text);
  };
  const tabTo = async (name: string) => {
    const passed: string[] = [];
    for (let tabs = 0; tabs < MAX_TABS; tabs += 1) {
      const focused = await nameOfFocus(page);
      if (focused === name) return;
      passed.push(focused);
      await press('Tab');
    }
    throw new Error(`no “${name}” can be reached with Tab; on the way lay ${passed.join(' | ')}`);
  };
  return {
    page,
    press,
    type,
    tabTo,
    async typeByHand(text) {
      keys += text.length;
      await page.keyboard.type(text, { delay: HAND_GAP_MS });
    },
    async scan(code) {
      keys += code.length + 1;
      await strikeAtOnce(page, [...code, 'Enter']);
    },
    isAt: (name) => until(`the focus is on ${name}`, async () => (await nameOfFocus(page)) === name),
    async fill(fields) {
      for (const [name, text] of Object.entries(fields)) {
        await tabTo(name);
        // What a form proposes is replaced, as by anyone who tabs into a field.
        await press('Control+a');
        await type(text);
      }
    },
    keys: () => keys,
    async read(what) {
      const place = typeof what === 'string' ? page.getByTestId(what) : what;
      await place.waitFor({ timeout: SEEN_TIMEOUT_MS });
      return (await place.innerText()).trim();
    },
    async sees(text) {
      await page.getByText(text).first().waitFor({ timeout: SEEN_TIMEOUT_MS });
    },
    async shoot(name) {
      if (process.env.SHOTS) await takePicture(page, process.env.SHOTS, name);
    },
  };
}

/** Strikes keys without waiting for any: a busy machine must not make a hand out of a scanner. */
export async function strikeAtOnce({ keyboard }: Page, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.flatMap((key) => [keyboard.down(key), keyboard.up(key)]));
}

/** Waits for a still screen: dialogs slide in, and a picture of half a dialog helps nobody. */
async function takePicture(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await until('nothing moves any more', () =>
    page.evaluate(() => document.getAnimations().every((animation) => animation.playState !== 'running')),
  ).catch(() => {});
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What a screen reader would call the thing that has the focus; key hints and the star of a must are left out. */
function nameOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLInputElement | null;
    if (!focused || focused === document.body) return '';
    const spoken = (element: Element) => {
      const copy = element.cloneNode(true) as Element;
      for (const silent of copy.querySelectorAll('[aria-hidden=true]')) silent.remove();
      return (copy.textContent ?? '').trim();
    };
    const own = focused.getAttribute('aria-label');
    if (own) return own;
    const label = focused.labels?.[0];
    return label ? spoken(label) : spoken(focused);
  });
}
