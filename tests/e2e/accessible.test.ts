/**
 * Proves of every screen and dialog, in both languages and at both sizes of a till: nothing has to be scrolled as a
 * page, no dialog has to be scrolled at all, no text is cut that must not be. axe finds nothing serious: in Indonesian
 * in the light, and in English among the colours of the dark, for a language has no colours of its own.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Language } from '../../shared/domain/calendar.ts';
import { startServe } from '../support/command-line.ts';
import { makeFolder, projectRoot, removeFolder } from '../support/electron-runtime.ts';
import { openBrowser } from './browser.ts';
import { misfits } from './layout.ts';
import { openStage, SIZES, type Stage, still } from './stage.ts';
import { STATES, walk } from './states.ts';

/** What axe looks at in the second scheme: everything else is the same in both. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
const WALK_TIMEOUT_MS = 600_000;

interface Finding {
  state: string;
  what: string;
  where: string;
}

async function axeFindings(page: Page, state: string, rules?: string[]): Promise<Finding[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (only) => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
      ...(only && { runOnly: only }),
    });
    return found.map(({ id, impact, nodes }) => ({ id, impact, where: nodes[0]?.html ?? '' }));
  }, rules);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => ({ state, what: id, where }));
}

type Look = (on: Stage, page: Page, state: string) => Promise<Finding[]>;

/** The narrow size first: the next state begins in the wide one. */
const misfitsAtBothSizes: Look = async (on, page, state) => {
  const found: Finding[] = [];
  for (const size of SIZES.toReversed()) {
    await on.resize(size);
    for (const misfit of await misfits(page)) found.push({ state: `${state} ${size.width}`, ...misfit });
  }
  return found;
};

const axeInTheLight: Look = (_on, page, state) => axeFindings(page, `${state} light`);

const axeInTheDark: Look = async (on, page, state) => {
  await on.wear('dark');
  await still(page);
  const found = await axeFindings(page, `${state} dark`, OF_COLOUR);
  await on.wear('light');
  return found;
};

async function walkAll(language: Language, ...looks: readonly Look[]): Promise<Finding[]> {
  const found: Finding[] = [];
  let reached = 0;
  const beganAtMs = performance.now();
  await onStage(language, async (on) => {
    await walk(on, async ({ name }, page) => {
      reached += 1;
      for (const look of looks) found.push(...(await look(on, page, name)));
    });
    expect(on.watch.policy).toEqual([]);
    // While the engine is away the page calls it in vain, and Chromium says so.
    expect(on.watch.errors.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  });
  expect(reached).toBe(STATES.length);
  const seconds = Math.round((performance.now() - beganAtMs) / 1000);
  console.info(`${reached} states in ${language}: ${seconds} s`);
  return found;
}

async function onStage(language: Language, play: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await openStage(language);
  try {
    await play(stage);
  } catch (error) {
    mkdirSync(join(projectRoot, 'test-results'), { recursive: true });
    await stage.page.screenshot({ path: join(projectRoot, `test-results/failed-state-${language}.png`) });
    throw error;
  } finally {
    await stage.close();
  }
}

test('the checks bite: a picture without words, pale letters, a page too long, an amount cut', async () => {
  await onStage('id', async (stage) => {
    const { page } = stage;
    const look = async () => [
      ...(await misfitsAtBothSizes(stage, page, 'till')),
      ...(await axeInTheLight(stage, page, 'till')),
      ...(await axeInTheDark(stage, page, 'till')),
    ];
    await stage.begin('cashier');
    await page.waitForSelector('[data-testid=total]');
    expect(await look()).toEqual([]);
    await page.evaluate(() => {
      const low = document.createElement('div');
      low.style.cssText =
        'position: absolute; top: 2000px; width: 5rem; overflow: hidden; white-space: nowrap; color: #808080; background: #909090';
      low.append(new Image(10, 10), 'Rp1.250.000.000.000');
      document.body.append(low);
    });
    const kinds = new Set((await look()).map(({ state, what }) => `${state}: ${what}`));
    expect([...kinds].sort()).toEqual([
      'till 1024: page scrolls',
      'till 1024: text is cut',
      'till 1366: page scrolls',
      'till 1366: text is cut',
      'till dark: color-contrast',
      'till light: color-contrast',
      'till light: image-alt',
    ]);
  });
});

test('the first start', async () => {
  const dataDir = makeFolder('data');
  const served = await startServe(['--data', dataDir, '--port', '0']);
  const { page, close } = await openBrowser(served.url);
  await page.waitForSelector('main input');
  await still(page);
  const found = [...(await misfits(page)), ...(await axeFindings(page, 'first start'))];
  await close();
  await served.stop();
  removeFolder(dataDir);
  expect(found).toEqual([]);
});

// Side by side: a walk waits more than it works.
test.concurrent('every state in Indonesian, in the light', { timeout: WALK_TIMEOUT_MS }, async () => {
  expect(await walkAll('id', misfitsAtBothSizes, axeInTheLight)).toEqual([]);
});

test.concurrent('every state in English, in the dark', { timeout: WALK_TIMEOUT_MS }, async () => {
  expect(await walkAll('en', misfitsAtBothSizes, axeInTheDark)).toEqual([]);
});
