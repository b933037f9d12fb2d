/**
 * Proves that the engine says the same over every way to it: an in-memory port, a WebSocket and the local socket get
 * word for word the same answer to valid, invalid and hostile frames, from a real engine on real files; and that
 * each way bounds what one port may send and have under way.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_FRAME_LENGTH, type Outcome } from '../../shared/wire/frame.ts';
import { createServer } from '../../shared/wire/server.ts';
import { newCommandId, startEngine, type TestEngine } from '../support/engine.ts';
import { CLOSED, openWays, type RawPort, WAY_NAMES, type Ways } from '../support/raw-port.ts';
import { openShop, PINS, type Shop } from '../support/shop.ts';

const NOW = Date.UTC(2026, 10, 21, 3);

let engine: TestEngine;
let shop: Shop;
let ways: Ways;
let session: string;
let ports: RawPort[];

beforeAll(async () => {
  engine = await startEngine({ now: () => NOW });
  shop = await openShop(engine);
  ways = await openWays(engine.server);
  ports = [await ways.memory(), await ways.webSocket(), await ways.localSocket()];
  const signIn = await exchange(
    ports[0] as RawPort,
    frame('auth.signIn', { username: 'budi', pin: PINS.manager }),
  );
  session = (JSON.parse(signIn) as { value: { token: string } }).value.token;
});

afterAll(async () => {
  for (const port of ports) port.close();
  await ways.close();
  await engine.stop();
  rmSync(engine.dir, { recursive: true });
});

function exchange(port: RawPort, text: string): Promise<string> {
  port.send(text);
  return port.next();
}

function frame(name: unknown, input: unknown, more: object = {}): string {
  return JSON.stringify({ v: 1, kind: 'call', callId: 7, name, input, device: 'till-1', ...more });
}

/** Sends one text every way; answers what they all said. */
async function answerToAll(text: string): Promise<Record<string, unknown>> {
  const answers: string[] = [];
  for (const port of ports) answers.push(await exchange(port, text));
  expect(new Set(answers), answers.join('\n').slice(0, 2000)).toHaveLength(1);
  return JSON.parse(answers[0] as string) as Record<string, unknown>;
}

describe('the same answer every way', () => {
  it('to a question anybody may ask', async () => {
    expect(await answerToAll(frame('center.front', {}))).toEqual({
      v: 1,
      kind: 'answer',
      callId: 7,
      outcome: 'ok',
      value: { created: true, name: 'Pusat Oleh-Oleh Contoh', users: expect.any(Array) },
    });
    expect(await answerToAll(frame('system.status', {}))).toMatchObject({
      outcome: 'ok',
      value: { at: NOW },
    });
  });

  it('to a question with and without a session', async () => {
    const asked = { text: 'kerupuk', limit: 5 };
    expect(await answerToAll(frame('product.search', asked, { session }))).toMatchObject({
      outcome: 'ok',
      value: { products: [{ product: shop.product, priceRupiah: 18_000 }] },
    });
    const no = { outcome: 'rejected', name: 'no-session' };
    expect(await answerToAll(frame('product.search', asked))).toMatchObject(no);
    expect(
      await answerToAll(frame('product.search', asked, { session: `${session.slice(0, -2)}xx` })),
    ).toMatchObject(no);
  });

  it('to one command sent every way: it happens once', async () => {
    const commandId = newCommandId();
    const input = { code: 'BTK', name: 'Batik Pak Joko' };
    const first = await answerToAll(frame('vendor.create', input, { session, commandId }));
    expect(first).toMatchObject({ outcome: 'ok', value: { vendor: expect.any(Number) } });
    const { value } = (await engine.engine.sql.one<{ value: number }>(
      `SELECT count(*) AS value FROM vendor WHERE code = 'BTK'`,
    )) ?? { value: 0 };
    expect(value).toBe(1);
    expect(
      await answerToAll(frame('vendor.create', { ...input, name: 'Batik Lain' }, { session, commandId })),
    ).toMatchObject({ outcome: 'rejected', name: 'id-reused' });
  });

  it('to a frame of exactly the longest length, and one unit longer', async () => {
    const padded = (length: number) => frame('center.front', {}).padEnd(length, ' ');
    expect(await answerToAll(padded(MAX_FRAME_LENGTH))).toMatchObject({ outcome: 'ok', callId: 7 });
    expect(await answerToAll(padded(MAX_FRAME_LENGTH + 1))).toMatchObject({
      callId: 0,
      outcome: 'rejected',
      name: 'bad-input',
      details: { field: 'frame', problem: 'too large' },
    });
  });

  const notFrames = {
    nothing: '',
    'a space': ' ',
    'no JSON': '{"v":1,',
    'words after JSON': '{} {}',
    null: 'null',
    'a number': '17',
    'a list': '[]',
    'an empty object': '{}',
    'another version': '{"v":2,"kind":"call","callId":7,"name":"center.front","input":{}}',
    'a push': '{"v":1,"kind":"push","topic":"sales","seq":1}'.replace('push', 'tell'),
    'an unknown key': frame('center.front', {}, { extra: 1 }),
    'a key named __proto__': frame('center.front', {}).replace('{', '{"__proto__":{"polluted":1},'),
    'a key named constructor': frame('center.front', {}).replace(
      '{',
      '{"constructor":{"prototype":{"polluted":1}},',
    ),
    'no name': frame(undefined, {}),
    'a name that is a number': frame(5, {}),
    'an empty name': frame('', {}),
    'an endless name': frame('x'.repeat(10_000), {}),
    'call number 0': frame('center.front', {}, { callId: 0 }),
    'call number -1': frame('center.front', {}, { callId: -1 }),
    'call number 1.5': frame('center.front', {}, { callId: 1.5 }),
    'call number as text': frame('center.front', {}, { callId: '7' }),
    'call number beyond 2⁵³': frame('center.front', {}).replace('"callId":7', '"callId":9007199254740993'),
    'a command id that is none': frame('center.front', {}, { commandId: 'x' }),
    'an endless session': frame('center.front', {}, { session: 's'.repeat(1000) }),
    'a device with a line break': frame('center.front', {}, { device: 'a\nb' }),
    'a list 100.000 deep': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    'an object 40.000 deep': `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`,
  };
  it.each(Object.entries(notFrames))('to what is no frame: %s', async (_what, text) => {
    expect(await answerToAll(text)).toMatchObject({ kind: 'answer', outcome: 'rejected', name: 'bad-input' });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each(['nope', '__proto__', 'constructor', 'toString', 'center.create ', 'CENTER.FRONT', 'sale\u0000'])(
    'to the unknown name %j',
    async (name) => {
      expect(await answerToAll(frame(name, {}, { session }))).toMatchObject({
        callId: 7,
        outcome: 'rejected',
        name: 'unknown-name',
      });
    },
  );

  const badInputs: Record<string, [name: string, inputText: string]> = {
    'nothing at all': ['center.front', 'null'],
    'a list 50.000 deep': ['center.front', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    'an unknown field': ['center.front', '{"x":1}'],
    '__proto__ in the input': ['center.front', '{"__proto__":{"polluted":1}}'],
    '__proto__ deeper': ['agreement.set', '{"vendor":1,"terms":{"model":"net-price","__proto__":{"x":1}}}'],
    'text for a number': ['vendor.get', '{"vendor":"1"}'],
    'a fraction': ['vendor.get', '{"vendor":1.5}'],
    'a number too big to be exact': ['vendor.get', '{"vendor":9007199254740993}'],
    infinity: ['vendor.get', '{"vendor":1e999}'],
    'a control character': ['vendor.create', '{"code":"X1","name":"a\\u0000b"}'],
    'a line break': ['vendor.create', '{"code":"X1","name":"a\\nb"}'],
    'an escape': ['vendor.create', '{"code":"X1","name":"a\\u001b[2Jb"}'],
    'half a surrogate pair': ['vendor.create', '{"code":"X1","name":"a\\ud83cb"}'],
    'white space only': ['vendor.create', '{"code":"X1","name":"   "}'],
    'an endless text': ['vendor.create', `{"code":"X1","name":"${'x'.repeat(10_000)}"}`],
    'too many lines': [
      'intake.confirm',
      `{"vendor":1,"lines":[${'{"product":1,"qty":1000},'.repeat(200)}{"product":1,"qty":1000}]}`,
    ],
    'a day that is none': ['agreement.set', '{"vendor":1,"terms":{"model":"net-price"},"from":"2026-02-30"}'],
    'a negative amount': ['price.set', '{"product":1,"priceRupiah":-5}'],
    'a PIN with letters': ['user.create', '{"username":"x1","name":"X","role":"cashier","pin":"12a456"}'],
  };
  it.each(Object.entries(badInputs))('to a bad input: %s', async (_what, [name, inputText]) => {
    const text = frame(name, 0, { session, commandId: newCommandId() }).replace(
      '"input":0',
      `"input":${inputText}`,
    );
    const before = engine.engine.journal.head().seq;
    expect(await answerToAll(text)).toMatchObject({ callId: 7, outcome: 'rejected', name: 'bad-input' });
    expect(engine.engine.journal.head().seq).toBe(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('to characters of four bytes, which come back whole', async () => {
    const input = { code: 'WAVE', name: 'Toko 🌊 Ujung' };
    const created = await answerToAll(frame('vendor.create', input, { session, commandId: newCommandId() }));
    const { vendor } = created.value as { vendor: number };
    expect(await answerToAll(frame('vendor.get', { vendor }, { session }))).toMatchObject({
      outcome: 'ok',
      value: { name: input.name },
    });
  });
});

it('lets only the owner of the folder call what is local', async () => {
  const answers = await Promise.all(ports.map((port) => exchange(port, frame('books.copy', {}))));
  const outcomes = answers.map((answer) => (JSON.parse(answer) as { outcome: string }).outcome);
  expect(outcomes).toEqual(['rejected', 'rejected', 'ok']);
});

it.each(WAY_NAMES)('has at most 64 calls of one port under way, the next is busy: %s', async (way) => {
  const MOST = 64;
  const TOO_MANY = 9;
  const held: ((outcome: Outcome) => void)[] = [];
  const server = createServer({ handle: () => new Promise<Outcome>((resolve) => held.push(resolve)) });
  const stub = await openWays(server);
  const port = await stub[way]();
  const other = await stub[way]();
  for (let callId = 1; callId <= MOST + TOO_MANY; callId += 1) port.send(frame('any', {}, { callId }));
  for (let callId = MOST + 1; callId <= MOST + TOO_MANY; callId += 1) {
    expect(JSON.parse(await port.next())).toMatchObject({ callId, outcome: 'rejected', name: 'busy' });
  }
  expect(held).toHaveLength(MOST);
  // Another port is not kept waiting by this one.
  other.send(frame('any', {}, { callId: 1 }));
  while (held.length === MOST) await new Promise((resolve) => setTimeout(resolve, 5));
  held[MOST]?.({ outcome: 'ok', value: 'other' });
  expect(JSON.parse(await other.next())).toMatchObject({ callId: 1, value: 'other' });
  for (const answer of held.slice(0, MOST)) answer({ outcome: 'ok', value: 'held' });
  for (let callId = 1; callId <= MOST; callId += 1) {
    expect(JSON.parse(await port.next())).toMatchObject({ callId, value: 'held' });
  }
  port.send(frame('any', {}, { callId: 99 }));
  while (held.length === MOST + 1) await new Promise((resolve) => setTimeout(resolve, 5));
  held[MOST + 1]?.({ outcome: 'ok', value: 'again' });
  expect(JSON.parse(await port.next())).toMatchObject({ callId: 99, value: 'again' });
  port.close();
  other.close();
  await stub.close();
});

it.each(['webSocket', 'localSocket'] as const)(
  'cuts off whoever sends without end, and only them: %s',
  async (way) => {
    const flood = await ways[way]();
    flood.send('x'.repeat(4 * MAX_FRAME_LENGTH));
    let last = await flood.next();
    while (last !== CLOSED) last = await flood.next();
    expect(await answerToAll(frame('center.front', {}))).toMatchObject({ outcome: 'ok' });
  },
);
