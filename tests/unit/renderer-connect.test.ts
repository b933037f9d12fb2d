/**
 * Proves that a page finds its engine again: every closed port leads to another try after a wait that grows and then
 * stays, and a success starts the waits anew. The client is the real one; ports are in memory, waits are recorded
 * instead of waited for.
 */
import { expect, test } from 'vitest';
import { keepConnected, RETRY_WAITS_MS, retryWaitMs } from '../../renderer/engine/connect.ts';
import { wireAddress } from '../../renderer/engine/port-websocket.ts';
import { createClient } from '../../shared/wire/client.ts';
import { type Port, portPair } from '../../shared/wire/port.ts';

/** Lets the promises of one try settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('waits grow to the last one and stay there', () => {
  expect([0, 1, 2, 3, 4, 5, 99].map(retryWaitMs)).toEqual([200, 500, 1_000, 2_000, 5_000, 5_000, 5_000]);
  expect([...RETRY_WAITS_MS]).toEqual([...RETRY_WAITS_MS].sort((a, b) => a - b));
});

test('a refused port is tried again, a lost one as well, and success resets the wait', async () => {
  const client = createClient('till-test');
  const waits: number[] = [];
  const tasks: (() => void)[] = [];
  let far: Port | undefined;
  let refusing = true;
  keepConnected(
    client,
    () => {
      if (refusing) return Promise.reject(new Error('refused'));
      const [near, other] = portPair();
      far = other;
      return Promise.resolve(near);
    },
    (task, delayMs) => {
      waits.push(delayMs);
      tasks.push(task);
    },
  );
  const wake = async () => {
    tasks.shift()?.();
    await settled();
  };
  await settled();
  await wake();
  await wake();
  expect(waits).toEqual([200, 500, 1_000]);
  refusing = false;
  await wake();
  expect(client.isConnected()).toBe(true);
  far?.close();
  await settled();
  expect(client.isConnected()).toBe(false);
  expect(waits.at(-1)).toBe(200);
  await wake();
  expect(client.isConnected()).toBe(true);
});

test('the wire is where the page came from', () => {
  expect(wireAddress({ protocol: 'http:', host: '127.0.0.1:4010' })).toBe('ws://127.0.0.1:4010/wire');
  expect(wireAddress({ protocol: 'https:', host: 'pusat.lan' })).toBe('wss://pusat.lan/wire');
});
