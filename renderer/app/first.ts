import { setNonce } from 'get-nonce';
import { config } from 'zod';
import { NONCE_PLACEHOLDER } from '../../shared/wire/page-security.ts';

/**
 * What has to happen before any other module of the page runs: the contract builds its schemas while it loads, and
 * zod would try `new Function`, which the content security policy refuses and reports.
 */
config({ jitless: true });

/** This load's nonce for style elements; the host wrote it into index.html. Empty when served without a policy. */
export const styleNonce = readNonce();
if (styleNonce) setNonce(styleNonce);

function readNonce(): string {
  const content = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
  // A nonce may begin like the placeholder: one load in four thousand has one that begins with `__`.
  return content === NONCE_PLACEHOLDER ? '' : content;
}
