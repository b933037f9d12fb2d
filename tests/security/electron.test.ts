/**
 * Goes through Electron's security checklist against the running window, as an unprivileged user with Chromium's
 * sandbox on: what a page that fell into hostile hands could still reach. A web server of the test's own stands
 * for the outside world and must never be called. Points of the list without a test here do not apply: no remote
 * content is loaded, `file:` is not used, fuses are read in tests/e2e/packaged.test.ts.
 */
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Display,
  makeFolder,
  processStatus,
  processTree,
  removeFolder,
  startDisplay,
} from '../support/electron-runtime.ts';
import { buildProgram, exchange, type Program, startProgram } from '../support/program.ts';

let display: Display;
let folder: string;
let dataDir: string;
let program: Program;
let outside: Server;
let outsideUrl: string;
const callsOutside: string[] = [];

beforeAll(async () => {
  outside = createServer((request, response) => {
    callsOutside.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('window.fromOutside = 1');
  });
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done));
  outsideUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  display = await startDisplay();
  folder = await buildProgram();
  dataDir = makeFolder('data');
  program = await startProgram(folder, display, dataDir);
}, 120_000);

afterAll(async () => {
  await program?.close();
  await display?.stop();
  outside?.close();
  for (const each of [folder, dataDir]) removeFolder(each);
  expect(callsOutside).toEqual([]);
}, 60_000);

beforeEach(async () => {
  await program.page.evaluate(() => Object.assign(window, { marker: 'the same document' }));
});

async function expectStillHere(): Promise<void> {
  expect(program.page.url()).toBe('app://titipan/');
  const marker = await program.page.evaluate(() => (window as unknown as { marker?: string }).marker);
  expect(marker).toBe('the same document');
}

describe('the processes', () => {
  test('of the page runs as nobody under a seccomp filter, without new privileges', async () => {
    const pid = await program.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    );
    const status = processStatus(pid) ?? '';
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).not.toMatch(/^Uid:\s+0\s/m);
  });

  test('none runs as root or was started without the sandbox', () => {
    for (const pid of processTree(program.child.pid ?? 0)) {
      expect(processStatus(pid) ?? '').not.toMatch(/^Uid:\s+0\s/m);
    }
    expect(program.child.spawnargs.join(' ')).not.toContain('no-sandbox');
  });
});

describe('the page', () => {
  test('sees nothing of Node or Electron, and two words of ours', async () => {
    const seen = await program.page.evaluate(() => {
      const names = [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        'electron',
        'ipcRenderer',
      ];
      const page = window as unknown as Record<string, unknown> & { titipan: object };
      return { names: names.filter((name) => name in page), bridge: Object.keys(page.titipan).sort() };
    });
    expect(seen).toEqual({ names: [], bridge: ['platform', 'requestPort'] });
  });

  test('cannot change the bridge for the preload', async () => {
    const kept = await program.page.evaluate(() => {
      const { titipan } = window as unknown as { titipan: { requestPort: unknown } };
      const before = titipan.requestPort;
      try {
        titipan.requestPort = () => 'mine';
      } catch {}
      return titipan.requestPort === before;
    });
    expect(kept).toBe(true);
  });

  test('has the window options of the checklist', async () => {
    const preferences = await program.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
  });

  test('opens no window', async () => {
    for (const url of ['about:blank', 'app://titipan/', `${outsideUrl}/window`, '']) {
      expect(await program.page.evaluate((to) => window.open(to) === null, url)).toBe(true);
    }
    const count = await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(count).toBe(1);
  });

  test.each([
    'OUTSIDE/?app://titipan/',
    'OUTSIDE/#app://titipan/',
    'OUTSIDE/app://titipan/',
    'https://app.titipan/',
    'app://titipan.evil.example/',
    'app://evil/?app://titipan/',
    'app://titipan@evil/',
    'app://titipan/failure',
    'app://titipan/retry',
    'file:///etc/passwd',
    'data:text/html,<h1>app://titipan/</h1>',
    'view-source:app://titipan/',
    'chrome://gpu',
    'devtools://devtools/bundled/inspector.html',
  ])('does not move to %s', async (target) => {
    const url = target.replace('OUTSIDE', outsideUrl);
    await program.page.evaluate((to) => {
      location.href = to;
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.remove();
    }, url);
    // A frame that comes back has passed main after the navigations did.
    expect(await exchange(program.page, ['still here'], 1)).toEqual(['still here']);
    await expectStillHere();
  });

  test('does not become a form, a frame or a webview of another page', async () => {
    const seen = await program.page.evaluate(async (url) => {
      const form = document.createElement('form');
      Object.assign(form, { action: `${url}/form`, method: 'post' });
      const frame = document.createElement('iframe');
      frame.src = `${url}/frame`;
      const webview = document.createElement('webview');
      webview.setAttribute('src', `${url}/webview`);
      document.body.append(form, frame, webview);
      form.submit();
      await new Promise((done) => setTimeout(done, 300));
      const isWebview = 'getWebContentsId' in webview;
      for (const each of [form, frame, webview]) each.remove();
      return isWebview;
    }, outsideUrl);
    expect(seen).toBe(false);
    await expectStillHere();
  });

  test('is refused every permission', async () => {
    const answers = await program.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      const states = await Promise.all(
        names.map((name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state),
        ),
      );
      const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
        () => 'granted',
        () => 'refused',
      );
      const place = await new Promise((done) =>
        navigator.geolocation.getCurrentPosition(
          () => done('granted'),
          () => done('refused'),
        ),
      );
      return { states, media, place, notification: await Notification.requestPermission() };
    });
    expect(answers).toEqual({
      states: Array(6).fill('denied'),
      media: 'refused',
      place: 'refused',
      notification: 'denied',
    });
  });
});

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
    const preload = join(folder, 'spy.cjs');
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
