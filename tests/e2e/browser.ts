/** Debian's Chromium, or any other that CHROMIUM names, as the browser of a shop's own machine. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { handOver, makeFolder, removeFolder, unprivileged } from '../support/electron-runtime.ts';
import { type Watch, watchContext } from './keyboard.ts';

export interface RunningBrowser {
  context: BrowserContext;
  page: Page;
  watch: Watch;
  /** Everything the browser keeps. */
  profile: string;
  close(): Promise<void>;
}

/** Opens a browser with a profile of its own, as a person without rights and with the sandbox on, on one page. */
export async function openBrowser(url: string): Promise<RunningBrowser> {
  const home = makeFolder('browser');
  const profile = join(home, 'profile');
  mkdirSync(profile);
  handOver(profile);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: unprivileged(process.env.CHROMIUM ?? '/usr/bin/chromium', home),
    chromiumSandbox: true,
    headless: true,
    viewport: { width: 1366, height: 768 },
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8' },
    args: ['--disable-gpu', '--disable-quic'],
  });
  const watch = await watchContext(context);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  return {
    context,
    page,
    watch,
    profile,
    async close() {
      await context.close();
      removeFolder(home);
    },
  };
}
