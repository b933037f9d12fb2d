/**
 * The headers and the one nonce that guard the screens, the same under Electron's own protocol and from the
 * shop's server. Pure: whoever serves the page makes the nonce.
 */

/** Stands in index.html where each load's nonce goes: `<meta name="csp-nonce" content="__CSP_NONCE__">`. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** At least 128 bits in base64 or base64url; anything else could break out of the header. */
const NONCE_FORM = /^[A-Za-z0-9+/_-]{22,64}={0,2}$/;

/** What no screen of ours uses; `()` grants it to nobody, embedded pages included. */
const REFUSED_FEATURES = [
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
];

/** Headers that every answer carries, whatever it is. */
const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': REFUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  ttf: 'font/ttf',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

export interface SecuredPage {
  html: string;
  headers: Record<string, string>;
}

/**
 * Writes this load's nonce into a page and makes the headers it must be sent with.
 * Throws when the nonce is malformed or the page has no place for it: without one the strict policy would
 * silently drop the theme's styles.
 */
export function securePage(template: string, nonce: string): SecuredPage {
  if (!template.includes(NONCE_PLACEHOLDER)) throw new Error(`page has no ${NONCE_PLACEHOLDER}`);
  return {
    html: template.replaceAll(NONCE_PLACEHOLDER, nonce),
    headers: {
      ...COMMON_HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Frame-Options': 'DENY',
      'Cache-Control': 'no-store',
    },
  };
}

/** The policy of one load: our own files only, and inline styles only where they carry the nonce. */
export function contentSecurityPolicy(nonce: string): string {
  if (!NONCE_FORM.test(nonce)) throw new Error('malformed nonce');
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/**
 * Headers for any file of the screens but the page itself. `path` is its place below the served folder, with
 * forward slashes; undefined for a kind of file that the screens do not have, which is then not served.
 * Built files below `assets/` carry a digest in their names and may be kept for good.
 */
export function fileHeaders(path: string): Record<string, string> | undefined {
  const contentType = CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (!contentType) return undefined;
  const cacheControl = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return { ...COMMON_HEADERS, 'Content-Type': contentType, 'Cache-Control': cacheControl };
}
