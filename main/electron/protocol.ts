import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Protocol, protocol } from 'electron';
import { fileHeaders, securePage } from '../../shared/wire/page-security.ts';
import { FAILURE_URL, isOwnPage } from './origin.ts';
import { fileNameOf } from './served-file.ts';

const NONCE_BYTES = 18;

/** What our protocol serves. */
export interface ServedFiles {
  /** The built screens. */
  folder: string;
  /** The failure page while the engine does not serve. */
  failurePage(): string | undefined;
}

/** Makes app:// an origin of its own with the rights of https. Must run before `app` is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Answers app://titipan/… from the built screens and nothing else. */
export function serveScheme(scheme: Protocol, files: ServedFiles): void {
  scheme.handle('app', (request) => answer(request, files));
}

async function answer(request: Request, files: ServedFiles): Promise<Response> {
  if (request.method !== 'GET' || !isOwnPage(request.url)) return refusal(404);
  if (request.url === FAILURE_URL) return pageResponse(files.failurePage());
  const name = fileNameOf(request.url);
  if (name === undefined) return refusal(404);
  try {
    if (name === 'index.html') return pageResponse(await readFile(join(files.folder, name), 'utf8'));
    const headers = fileHeaders(name.split(sep).join('/'));
    return headers ? new Response(await readFile(join(files.folder, name)), { headers }) : refusal(404);
  } catch {
    return refusal(404);
  }
}

function pageResponse(template: string | undefined): Response {
  if (template === undefined) return refusal(404);
  const { html, headers } = securePage(template, randomBytes(NONCE_BYTES).toString('base64url'));
  return new Response(html, { headers });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { 'X-Content-Type-Options': 'nosniff' } });
}
