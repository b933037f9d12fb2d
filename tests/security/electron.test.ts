/**
 * Goes through Electron's security checklist against the running window, as an unprivileged user with Chromium's
 * sandbox on: what a page that fell into hostile hands could still reach. A web server of the test's own stands
 * for the outside world and must never be called. Points of the list without a test here: the policy and the port
 * are tried in electron-policy.test.ts, the buyer's window in electron-display.test.ts, fuses are read in
 * tests/e2e/packaged.test.ts, and those on remote content and `file:` do not apply.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Attacked, startAttacked } from '../support/attacked.ts';
import { processStatus, processTree } from '../support/electron-runtime.ts';
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
  test('sees nothing of Node or Electron, and three words of ours', async () => {
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
    expect(seen).toEqual({ names: [], bridge: ['openBuyerDisplay', 'platform', 'requestPort'] });
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
