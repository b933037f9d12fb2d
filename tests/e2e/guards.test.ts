/**
 * Proves that the journeys' guards bite: the watch hears a mouse, a wheel and a breach of the content policy, in the
 * window and in the browser, and the search for secrets finds one in every form it may lie in. Without this an
 * empty list would prove nothing.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, startServe } from '../support/command-line.ts';
import { type Display, makeFolder, removeFolder, startDisplay, until } from '../support/electron-runtime.ts';
import { findSecrets } from './afterwards.ts';
import { openBrowser } from './browser.ts';
import { copyBuild, startBuilt } from './built-program.ts';
import { personAt, type Watch } from './keyboard.ts';

interface Shown {
  page: Page;
  watch: Watch;
  close(): Promise<void>;
}

describe.each(['window', 'browser'])('in the %s', (where) => {
  let shown: Shown;
  let folders: string[] = [];
  let display: Display | undefined;
  let served: Served | undefined;

  beforeAll(async () => {
    const dataDir = makeFolder('data');
    folders = [dataDir];
    if (where === 'window') {
      display = await startDisplay();
      const built = copyBuild();
      folders.push(built);
      shown = await startBuilt(built, display, dataDir);
    } else {
      served = await startServe(['--data', dataDir, '--port', '0']);
      shown = await openBrowser(served.url);
    }
    await shown.page.getByText('Pusat dan administrator pertama').waitFor();
  });

  afterAll(async () => {
    await shown?.close();
    await served?.stop();
    await display?.stop();
    for (const folder of folders) removeFolder(folder);
  });

  test('a button that is pressed by key is no pointer event', async () => {
    const { page, watch } = shown;
    const person = personAt(page);
    await person.tabTo('English');
    await person.press('Enter');
    await page.getByText('The center and its first administrator').waitFor();
    await person.press('Enter');
    await page.getByText('Pusat dan administrator pertama').waitFor();
    expect(watch).toEqual({ pointer: [], policy: [], errors: [] });
  });

  test('a click, a wheel and a drag are heard', async () => {
    const { page, watch } = shown;
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Indonesia' }).click();
    await page.mouse.wheel(0, 10);
    await until('all was heard', () =>
      ['pointerdown', 'mousedown', 'mouseup', 'click', 'wheel'].every((name) =>
        watch.pointer.some((what) => what.startsWith(name)),
      ),
    );
    watch.pointer.length = 0;
  });

  test('what the content policy forbids does not happen, and is heard', async () => {
    const { page, watch } = shown;
    const happened = await page.evaluate(async () => {
      const marks = window as unknown as { inlineRan?: boolean };
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true';
      document.body.append(inline);
      const handler = document.createElement('div');
      handler.setAttribute('onclick', 'window.inlineRan = true');
      handler.click();
      const style = document.createElement('style');
      style.textContent = 'body { outline: 3px solid rgb(1, 2, 3) }';
      document.head.append(style);
      const outside = await fetch('https://example.org/').then(
        () => true,
        () => false,
      );
      // The test's own code may evaluate strings; what the page itself makes of one is asked by a timer.
      return {
        inline: marks.inlineRan === true,
        style: getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)',
        outside,
      };
    });
    expect(happened).toEqual({ inline: false, style: false, outside: false });
    await until('the policy complained of each', () =>
      ['script-src', 'style-src', 'connect-src'].every((name) =>
        watch.policy.some((what) => what.startsWith(name)),
      ),
    );
    expect(watch.errors.length).toBeGreaterThan(0);
  });

  test('an error that nobody catches is heard', async () => {
    const { page, watch } = shown;
    await page.evaluate(() => setTimeout(() => (undefined as unknown as () => void)(), 0));
    await until('it was heard', () => watch.errors.some((what) => what.includes('is not a function')));
  });
});

test('a secret is found in every form, in files and in texts', () => {
  const folder = makeFolder('secrets');
  const secret = '0087654321098';
  const forms: Record<string, string | Buffer> = {
    plain: `a ${secret} b`,
    utf16: Buffer.from(`a ${secret} b`, 'utf16le'),
    hex: Buffer.from(secret).toString('hex'),
    base64: Buffer.from(`account ${secret} of`).toString('base64'),
    base64After1: Buffer.from(`account: ${secret} of`).toString('base64'),
    base64After2: Buffer.from(`account:: ${secret} of`).toString('base64'),
  };
  for (const [name, content] of Object.entries(forms)) writeFileSync(join(folder, name), content);
  const { findings, files } = findSecrets([secret, '999000111222'], [folder], { log: `at ${secret}` });
  expect(files).toBe(Object.keys(forms).length);
  const found = new Set(findings.map(({ file }) => file));
  expect(found).toEqual(new Set([...Object.keys(forms).map((name) => join(folder, name)), 'log']));
  removeFolder(folder);
});
