/** Proves that every nonce a host may write into the page is used for its styles, and the placeholder is none. */
import { afterEach, expect, test, vi } from 'vitest';
import { NONCE_PLACEHOLDER } from '../../shared/wire/page-security.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test.each([
  ['a nonce', '9EY7Tcish-__FPYN--GvoOha', '9EY7Tcish-__FPYN--GvoOha'],
  ['one that begins like the placeholder', '__FPYN--GvoOha9yEY7Tcish', '__FPYN--GvoOha9yEY7Tcish'],
  ['the placeholder, where nobody wrote one', NONCE_PLACEHOLDER, ''],
  ['an empty one', '', ''],
])('%s', async (_, content, expected) => {
  vi.stubGlobal('document', { querySelector: () => ({ getAttribute: () => content }) });
  const { styleNonce } = await import('../../renderer/app/first.ts');
  expect(styleNonce).toBe(expected);
});
