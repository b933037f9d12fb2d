/** The one origin of our screens. */
export const PAGE_ORIGIN = 'app://titipan';
export const PAGE_URL = `${PAGE_ORIGIN}/`;
/** The window towards the buyer: the same screens, which then speak with the till's page alone. */
export const BUYER_DISPLAY_URL = `${PAGE_ORIGIN}/?display`;
/** A plain page that says why the engine does not serve. */
export const FAILURE_URL = `${PAGE_ORIGIN}/failure`;
/** Where the failure page's link leads; main takes it as a wish and never loads it. */
export const RETRY_URL = `${PAGE_ORIGIN}/retry`;

/**
 * True when a URL is of our own origin, by its parsed parts. Node gives `null` as the origin of any scheme it does
 * not know, so the parts are compared; a name inside a path, a query or a user part never counts.
 */
export function isOwnPage(url: string): boolean {
  const parsed = parseUrl(url);
  if (!parsed) return false;
  const { protocol, host, username, password } = parsed;
  return `${protocol}//${host}` === PAGE_ORIGIN && username === '' && password === '';
}

/** True for the two addresses a page may move itself to: itself (a reload), under either name. */
export function isOwnIndex(url: string): boolean {
  if (!isOwnPage(url)) return false;
  const { pathname } = new URL(url);
  return pathname === '/' || pathname === '/index.html';
}

/** The parsed URL, undefined for text that is none. (`URL.canParse` is younger than the oldest Electron here.) */
export function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
