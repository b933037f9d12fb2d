/**
 * Proves what the shop's own web server gives and refuses: the page with a nonce of its own for each load, files of
 * the screens and nothing else, and neither pages nor WebSockets for any name or origin but this machine's.
 */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { MAX_PORTS } from '../../main/headless/http.ts';
import { MAX_FRAME_LENGTH } from '../../shared/wire/frame.ts';
import { createServer } from '../../shared/wire/server.ts';
import { openWays, type Ways } from '../support/raw-port.ts';

let ways: Ways;
let port: number;

beforeAll(async () => {
  ways = await openWays(createServer({ handle: () => ({ outcome: 'ok', value: 'here' }) }));
  port = ways.http.port;
});

afterAll(() => ways.close());

interface Got {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request with exactly this path and these headers; fetch would tidy both. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

function nonceOf({ headers }: Got): string | undefined {
  return /style-src 'self' 'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1];
}

describe('the page', () => {
  it('carries the nonce of its policy, another one at each load', async () => {
    const loads = [await get('/'), await get('/'), await get('/index.html'), await get('/?again')];
    const nonces = loads.map(nonceOf);
    for (const [index, load] of loads.entries()) {
      expect(load.status).toBe(200);
      expect(load.body).toContain(`<meta name="csp-nonce" content="${nonces[index]}">`);
      expect(load.body).not.toContain('__CSP_NONCE__');
    }
    expect(nonces.every((nonce) => (nonce?.length ?? 0) >= 22)).toBe(true);
    expect(new Set(nonces)).toHaveLength(loads.length);
  });

  it('is kept nowhere, framed nowhere, and runs only our own files', async () => {
    const { headers } = await get('/');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = String(headers['content-security-policy']);
    for (const part of [
      `default-src 'none'`,
      `script-src 'self';`,
      `connect-src 'self'`,
      `frame-ancestors 'none'`,
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toContain('unsafe');
  });
});

describe('files', () => {
  it('of the screens are served with their kind, and for good where their name has a digest', async () => {
    const got = await get('/assets/app-abc123.js');
    expect([got.status, got.body]).toEqual([200, 'export {};']);
    expect(got.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    '/outside.json',
    '/../outside.json',
    '/assets/../../outside.json',
    '/%2e%2e/outside.json',
    '/..%2foutside.json',
    '/..%5coutside.json',
    '/assets/%00.js',
    '/.hidden.json',
    '/notes.md',
    '/assets',
    '/assets/',
    '/nothing.js',
    '/%',
    '//127.0.0.1/x.json',
  ])('elsewhere are not: %s', async (path) => {
    const got = await get(path);
    expect([400, 403, 404]).toContain(got.status);
    expect(got.headers['x-content-type-options']).toBe('nosniff');
    expect(got.body).not.toContain('{}');
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('are only read: %s', async (method) => {
    expect((await get('/', {}, method)).status).toBe(404);
  });
});

describe('another name for this machine', () => {
  it.each([
    ['evil.example', 421],
    ['127.0.0.1', 421],
    ['127.0.0.1:1', 421],
    ['localhost.evil.example:PORT', 421],
    ['127.0.0.1.evil.example:PORT', 421],
    ['0.0.0.0:PORT', 421],
    ['127.0.0.1:PORT', 200],
    ['localhost:PORT', 200],
  ])('as host %s: %i', async (host, status) => {
    const got = await get('/', { Host: host.replace('PORT', String(port)) });
    expect(got.status).toBe(status);
    if (status !== 200) expect(got.body).toBe('');
  });
});

/** The answer to an attempt to open the wire: 101 when it opened. */
function openWire(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/wire`, { headers });
    socket.on('unexpected-response', (_request, answer) => {
      resolve(answer.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => undefined);
    socket.on('open', () => {
      resolve(101);
      socket.close();
    });
  });
}

describe('the wire', () => {
  it.each([
    ['http://127.0.0.1:PORT', 101],
    ['http://localhost:PORT', 101],
    [undefined, 403],
    ['null', 403],
    ['', 403],
    ['https://127.0.0.1:PORT', 403],
    ['http://127.0.0.1', 403],
    ['http://127.0.0.1:PORT/', 403],
    ['http://127.0.0.1:PORT.evil.example', 403],
    ['http://evil.example:PORT', 403],
    ['http://evil.example#http://127.0.0.1:PORT', 403],
    ['HTTP://LOCALHOST:PORT', 403],
    ['app://titipan', 403],
  ])('opens for a page of origin %s: %i', async (origin, status) => {
    const headers = origin === undefined ? {} : { Origin: origin.replace('PORT', String(port)) };
    expect(await openWire(headers as Record<string, string>)).toBe(status);
  });

  it('does not open under another host, whatever the origin says', async () => {
    const headers = { Host: 'evil.example', Origin: `http://127.0.0.1:${port}` };
    expect(await openWire(headers)).toBe(421);
  });

  it('is no page: without an upgrade there is nothing', async () => {
    expect((await get('/wire', { Origin: `http://127.0.0.1:${port}` })).status).toBe(404);
  });

  const closes = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));
  const opened = () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/wire`, { origin: `http://127.0.0.1:${port}` });
    socket.on('error', () => undefined);
    return new Promise<WebSocket>((resolve) => socket.once('open', () => resolve(socket)));
  };

  it('takes text only, and no message that no frame could be', async () => {
    const binary = await opened();
    binary.send(Buffer.from('{}'));
    expect(await closes(binary)).toBe(1003);
    const long = await opened();
    long.send('x'.repeat(3 * MAX_FRAME_LENGTH + 1));
    expect(await closes(long)).toBe(1009);
  });

  it('opens for so many pages at once and tells the next to come again', async () => {
    const sockets: WebSocket[] = [];
    for (let count = 0; count < MAX_PORTS; count += 1) sockets.push(await opened());
    const oneMore = await opened();
    expect(await closes(oneMore)).toBe(1013);
    const [first] = sockets;
    const gone = first && closes(first);
    first?.close();
    await gone;
    const later = await opened();
    later.send('{}');
    await new Promise((resolve) => later.once('message', resolve));
    for (const socket of [...sockets, later]) socket.terminate();
  });
});
