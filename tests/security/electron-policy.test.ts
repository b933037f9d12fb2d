/**
 * Proves, in the running window, that only the program's own files run and are served, and that only its own page
 * is given a port to the engine. A web server of the test's own stands for the outside world and must never be
 * called.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Attacked, startAttacked } from '../support/attacked.ts';
import { exchange, type Program } from '../support/program.ts';

let attacked: Attacked;
let program: Program;
let outsideUrl: string;

beforeAll(async () => {
  attacked = await startAttacked();
  ({ program, outsideUrl } = attacked);
}, 120_000);

afterAll(async () => {
  await attacked?.stop();
  expect(attacked.callsOutside).toEqual([]);
}, 60_000);

describe('the policy', () => {
  interface Load {
    policy: string | null;
    nosniff: string | null;
    nonce: string | undefined;
  }

  function load(): Promise<Load> {
    return program.page.evaluate(async () => {
      const response = await fetch('app://titipan/');
      return {
        policy: response.headers.get('content-security-policy'),
        nosniff: response.headers.get('x-content-type-options'),
        nonce: (await response.text()).match(/name="csp-nonce" content="([^"]+)"/)?.[1],
      };
    });
  }

  test('comes with every load, with a nonce of its own that stands in the page', async () => {
    const [first, second] = [await load(), await load()];
    expect(first.policy).toContain(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${first.nonce}'`,
    );
    expect(first.nosniff).toBe('nosniff');
    expect(first.nonce).toMatch(/^[A-Za-z0-9_-]{24}$/);
    expect(second.nonce).not.toBe(first.nonce);
  });

  test('runs no script and no style that was not ours, and lets the nonce through', async () => {
    const seen = await program.page.evaluate(async (url) => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(event.effectiveDirective),
      );
      const add = <Name extends 'script' | 'style'>(
        name: Name,
        fields: Partial<HTMLElementTagNameMap[Name]>,
      ) => {
        const element = Object.assign(document.createElement(name), fields);
        document.head.append(element);
        return element;
      };
      const probe = document.createElement('p');
      probe.className = 'csp-probe';
      document.body.append(probe);
      const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
      add('script', { textContent: 'window.injected = "inline"' });
      add('script', { textContent: 'window.injected = "nonce"', nonce });
      add('script', { src: `${url}/script.js` });
      add('script', { src: 'data:text/javascript,window.injected="data"' });
      probe.setAttribute('onclick', 'window.injected = "handler"');
      probe.click();
      add('style', { textContent: '.csp-probe { color: rgb(1, 2, 3) }' });
      const without = getComputedStyle(probe).color;
      add('style', { textContent: '.csp-probe { color: rgb(4, 5, 6) }', nonce });
      const withNonce = getComputedStyle(probe).color;
      // In a task of its own: the debugger that runs this function is exempt from the policy while it does.
      const evaluated = await new Promise((done) =>
        setTimeout(() => {
          try {
            done(setTimeout.constructor('return 1')());
          } catch (error) {
            done((error as Error).name);
          }
        }),
      );
      const fetched = await fetch(`${url}/fetch`).then(
        () => 'fetched',
        () => 'refused',
      );
      await new Promise((done) => setTimeout(done, 300));
      probe.remove();
      const { injected, fromOutside } = window as unknown as Record<string, unknown>;
      return {
        injected,
        fromOutside,
        without,
        withNonce,
        evaluated,
        fetched,
        violations: [...new Set(violations)],
      };
    }, outsideUrl);
    expect(seen).toMatchObject({ evaluated: 'EvalError', fetched: 'refused', withNonce: 'rgb(4, 5, 6)' });
    expect(seen.injected).toBe(undefined);
    expect(seen.fromOutside).toBe(undefined);
    expect(seen.without).not.toBe('rgb(1, 2, 3)');
    expect(seen.violations).toEqual(
      expect.arrayContaining(['script-src-elem', 'script-src-attr', 'style-src-elem', 'connect-src']),
    );
  });

  test('serves files of the screens and nothing above them', async () => {
    const status = (path: string) =>
      program.page.evaluate((url) => fetch(url).then((response) => response.status), `app://titipan/${path}`);
    expect(await status('index.html')).toBe(200);
    for (const path of [
      '..%2f..%2fpackage.json',
      '%2e%2e/%2e%2e/package.json',
      '..%5c..%5cpackage.json',
      '....//package.json',
      '%2fetc%2fpasswd',
      'failure',
      'retry',
      'no-such-file.js',
    ]) {
      expect([path, await status(path)]).toEqual([path, 404]);
    }
  });

  test('keeps main from reaching the network for a page too', async () => {
    const answer = await program.app.evaluate(
      ({ session }, url) =>
        session.defaultSession.fetch(url).then(
          () => 'fetched',
          () => 'refused',
        ),
      `${outsideUrl}/main`,
    );
    expect(answer).toBe('refused');
  });
});

describe('the port', () => {
  /** Asks by the same name as our preload does, in a window of the given address; tells what main answers. */
  async function askFrom(url: string): Promise<boolean> {
    const preload = join(attacked.folder, 'spy.cjs');
    writeFileSync(
      preload,
      `const { ipcRenderer } = require('electron');
       ipcRenderer.on('titipan:port', () => { document.title = 'got a port'; });
       ipcRenderer.send('titipan:request-port');`,
    );
    const opened = program.app.waitForEvent('window');
    await program.app.evaluate(
      ({ BrowserWindow }, given) =>
        new BrowserWindow({ show: false, webPreferences: { preload: given.preload, sandbox: true } })
          .loadURL(given.url)
          .catch(() => {}),
      { preload, url },
    );
    const page = await opened;
    // Main answers in order: once our own page has its port, the other's wish was granted or passed over.
    expect(await exchange(program.page, ['mine'], 1)).toEqual(['mine']);
    const got = await page.evaluate(() => document.title === 'got a port');
    await page.close();
    return got;
  }

  test('is given to a page of our own address and to no other, whatever its address contains', async () => {
    expect(await askFrom('app://titipan/')).toBe(true);
    for (const url of ['data:text/html,<p>app://titipan/</p>', 'app://evil/?app://titipan/', 'about:blank']) {
      expect([url, await askFrom(url)]).toEqual([url, false]);
    }
  });
});
