/**
 * Proves the pure parts of the desktop host one by one: which addresses are our own, which file an address names,
 * what guards a page, when restarts end, where the data folder is, and when a keystore's secret is made and kept.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { displayPlace } from '../../main/electron/display-place.ts';
import { engineEnvironment } from '../../main/electron/engine-environment.ts';
import { failurePage } from '../../main/electron/failure-page.ts';
import { loadKeystoreSecret, type OsKeystore } from '../../main/electron/keystore.ts';
import { dataDirOf } from '../../main/electron/options.ts';
import { isOwnIndex, isOwnPage } from '../../main/electron/origin.ts';
import { createRestartBudget } from '../../main/electron/restart-budget.ts';
import { fileNameOf } from '../../main/electron/served-file.ts';
import { MAX_FRAME_LENGTH } from '../../shared/wire/frame.ts';
import { CALL_LENGTH_MAX, readEngineToHost, readHostToEngine } from '../../shared/wire/host-messages.ts';
import { contentSecurityPolicy, fileHeaders, securePage } from '../../shared/wire/page-security.ts';

const folder = mkdtempSync(join(tmpdir(), 'titipan-parts-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an address', () => {
  test.each(['app://titipan/', 'app://titipan/index.html', 'app://titipan/?x=1', 'app://titipan/#till'])(
    'of our own page is known: %s',
    (url) => {
      expect(isOwnPage(url)).toBe(true);
      expect(isOwnIndex(url)).toBe(true);
    },
  );

  test.each([
    'https://evil.example/?app://titipan/',
    'https://evil.example/#app://titipan/',
    'https://app.titipan/',
    'app://titipan.evil.example/',
    'app://evil/titipan',
    'app://user@titipan/',
    'app://user:word@titipan/',
    'app://titipan@evil/',
    'app://titipan:80/',
    'xapp://titipan/',
    'app:titipan',
    'file:///app://titipan/',
    'data:text/html,app://titipan/',
    'about:blank',
    '',
  ])('that only contains our name is not ours: %s', (url) => {
    expect(isOwnPage(url)).toBe(false);
    expect(isOwnIndex(url)).toBe(false);
  });

  test('of another file of ours is no page to move to', () => {
    expect(isOwnIndex('app://titipan/retry')).toBe(false);
    expect(isOwnIndex('app://titipan/assets/index.html')).toBe(false);
  });

  test.each([
    ['app://titipan/', 'index.html'],
    ['app://titipan/assets/a.js?x', 'assets/a.js'],
    ['app://titipan/a/../b.js', 'b.js'],
    ['app://titipan/..%2f..%2fetc/passwd', undefined],
    ['app://titipan/a%2f..%2f..%2fb', undefined],
    ['app://titipan/..%5c..%5cwindows', undefined],
    ['app://titipan/c%3a/windows', undefined],
    ['app://titipan/a%00.js', undefined],
    ['app://titipan/%zz', undefined],
  ])('%s names the file %s', (url, name) => {
    expect(fileNameOf(url)).toBe(name);
  });
});

describe('a page', () => {
  const nonce = 'abcdefghijklmnopqrstuvwx';

  test('carries its nonce wherever it asked for it, and in its policy', () => {
    const { html, headers } = securePage(
      '<meta content="__CSP_NONCE__"><style nonce="__CSP_NONCE__">',
      nonce,
    );
    expect(html).toBe(`<meta content="${nonce}"><style nonce="${nonce}">`);
    expect(headers['Content-Security-Policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(headers['Content-Security-Policy']).toMatch(/default-src 'none'; script-src 'self';/);
    expect(headers['X-Content-Type-Options']).toBe('nosniff');
    expect(headers['Cache-Control']).toBe('no-store');
  });

  test('without a place for the nonce, or with a nonce that could break out of the header, is refused', () => {
    expect(() => securePage('<p>no place</p>', nonce)).toThrow('__CSP_NONCE__');
    for (const bad of ['', 'short', `${nonce}'; script-src *`, `${nonce}"><script>`, `${nonce}\n`]) {
      expect(() => contentSecurityPolicy(bad)).toThrow('malformed nonce');
    }
  });

  test('has files of known kinds only', () => {
    expect(fileHeaders('assets/a-1b2c.js')).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    });
    expect(fileHeaders('icon.svg')?.['Cache-Control']).toBe('no-cache');
    expect(fileHeaders('books.sqlite')).toBe(undefined);
    expect(fileHeaders('passwd')).toBe(undefined);
  });

  test('that tells of a failure cannot be made to carry markup', () => {
    const page = failurePage({ name: '<b>', sentence: `<script>"x" & 'y'</script>` }, '/data/<i>');
    expect(page).not.toMatch(/<script|<b>|<i>/);
    expect(page).toContain('&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;');
  });
});

describe("the buyer's window", () => {
  const bounds = { x: 0, y: 0, width: 1366, height: 768 };
  const beside = { x: 1366, y: 0, width: 1024, height: 768 };

  test('fills the first screen that is not the till’s, whichever that is', () => {
    const screens = [
      { id: 7, bounds },
      { id: 9, bounds: beside },
    ];
    expect(displayPlace(screens, 7)).toEqual({ fullscreen: true, ...beside });
    expect(displayPlace(screens, 9)).toEqual({ fullscreen: true, ...bounds });
  });

  test('is a window like any other where there is one screen, or none is known', () => {
    for (const screens of [[{ id: 7, bounds }], []]) {
      const place = displayPlace(screens, 7);
      expect(place.fullscreen).toBe(false);
      expect(place.x).toBe(undefined);
      expect(place.width).toBeLessThan(bounds.width);
    }
  });
});

describe('restarts', () => {
  test('are three a minute with growing waits, and begin anew when old ones have passed or were forgiven', () => {
    const budget = createRestartBudget();
    const waits = [0, 1_000, 2_000, 3_000].map((atMs) => budget.nextWaitMs(atMs));
    expect(waits).toEqual([200, 1_000, 3_000, undefined]);
    expect(budget.nextWaitMs(59_999)).toBe(undefined);
    expect(budget.nextWaitMs(60_000)).toBe(3_000);
    budget.forgive();
    expect(budget.nextWaitMs(60_001)).toBe(200);
  });
});

describe('messages between host and engine', () => {
  test('carry frames up to the length the wire allows', () => {
    expect(CALL_LENGTH_MAX).toBe(MAX_FRAME_LENGTH);
    const frame = (length: number) => ({ type: 'frame', port: 1, text: 'x'.repeat(length) });
    expect(readHostToEngine(frame(MAX_FRAME_LENGTH))).toEqual(frame(MAX_FRAME_LENGTH));
    expect(readHostToEngine(frame(MAX_FRAME_LENGTH + 1))).toBe(undefined);
    expect(readEngineToHost(frame(MAX_FRAME_LENGTH + 1))).toEqual(frame(MAX_FRAME_LENGTH + 1));
  });

  test.each([
    undefined,
    null,
    'stop',
    {},
    { type: 'unknown' },
    { type: 'start' },
    { type: 'start', dataDir: '' },
    { type: 'start', dataDir: '/d', keystoreSecret: 5 },
    { type: 'port' },
    { type: 'port-open', port: 0 },
    { type: 'port-open', port: 1.5 },
    { type: 'frame', port: 1 },
    { type: 'frame', port: '1', text: '' },
    { type: 'ready', seq: -1 },
    { type: 'failed', name: 'x' },
  ])('of any other form are none: %j', (value) => {
    expect(readHostToEngine(value)).toBe(undefined);
    expect(readEngineToHost(value)).toBe(undefined);
  });

  test('are read without what was added to them', () => {
    expect(readHostToEngine({ type: 'start', dataDir: '/d', more: 1 })).toEqual({
      type: 'start',
      dataDir: '/d',
    });
  });
});

describe('the start', () => {
  test('takes its data folder from --data in either form, and only whole', () => {
    expect(dataDirOf(['--inspect=0', '.', '--data', '/srv/shop'])).toBe('/srv/shop');
    expect(dataDirOf(['--data=/srv/shop'])).toBe('/srv/shop');
    expect(dataDirOf(['--data'])).toBe(undefined);
    expect(dataDirOf(['--data='])).toBe(undefined);
    expect(dataDirOf(['--data', '--no-sandbox'])).toBe(undefined);
    expect(dataDirOf([])).toMatch(/titipan$/);
  });

  test('hands the engine no variable that steers its runtime', () => {
    const given = { NODE_OPTIONS: '-r evil', ELECTRON_RUN_AS_NODE: '1', npm_config_x: '1', HOME: '/h' };
    expect(engineEnvironment(given)).toEqual({ HOME: '/h' });
  });
});

/** A keystore of one user: what another one sealed it cannot open. No real one can exist without a desktop. */
function keystoreOf(user: string, backend?: string): OsKeystore {
  return {
    isEncryptionAvailable: () => true,
    ...(backend && { getSelectedStorageBackend: () => backend }),
    encryptString: (text) => Buffer.from(`${user}:${Buffer.from(text).toString('hex')}`),
    decryptString(sealed) {
      const [owner, hex = ''] = sealed.toString().split(':');
      if (owner !== user) throw new Error('sealed by somebody else');
      return Buffer.from(hex, 'hex').toString();
    },
  };
}

describe('the keystore secret', () => {
  test('is made once, of 32 bytes, in a file for its owner alone, and read again', () => {
    const secret = loadKeystoreSecret(folder, keystoreOf('ani'), 'win32') ?? '';
    expect(Buffer.from(secret, 'base64')).toHaveLength(32);
    const path = join(folder, 'keystore.bin');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).not.toContain(secret);
    expect(loadKeystoreSecret(folder, keystoreOf('ani', 'gnome_libsecret'), 'linux')).toBe(secret);
  });

  test('sealed by another user is left as it is', () => {
    const path = join(folder, 'keystore.bin');
    const before = readFileSync(path);
    expect(loadKeystoreSecret(folder, keystoreOf('budi'), 'win32')).toBe(undefined);
    expect(readFileSync(path)).toEqual(before);
  });

  test('is not made where the keystore is only a pretence', () => {
    const other = mkdtempSync(join(folder, 'other-'));
    for (const backend of ['basic_text', 'unknown', undefined]) {
      expect(loadKeystoreSecret(other, keystoreOf('ani', backend), 'linux')).toBe(undefined);
    }
    const none = { ...keystoreOf('ani'), isEncryptionAvailable: () => false };
    expect(loadKeystoreSecret(other, none, 'win32')).toBe(undefined);
    expect(existsSync(join(other, 'keystore.bin'))).toBe(false);
  });

  test('that an interrupted first start left half written is made whole', () => {
    const other = mkdtempSync(join(folder, 'half-'));
    writeFileSync(join(other, 'keystore.bin.new'), 'half');
    expect(loadKeystoreSecret(other, keystoreOf('ani'), 'win32')).toHaveLength(44);
  });
});
