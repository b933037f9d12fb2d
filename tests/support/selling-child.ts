/**
 * A till that sells until it is killed. It opens the data folder named on the command line as `call` does, with an
 * in-memory port, once its parent says go, and goes on with the session of its earlier lives. On stdin: one JSON
 * `Orders`. On stdout, each line written before the next step: `S id` before a sale is sent, `A id answer` when its
 * answer is there, `K id outcome` for what the engine knows of an earlier answer.
 */
import { writeSync } from 'node:fs';
import { boot } from '../../main/engine/boot.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { saleComplete } from '../../shared/contract/sale.ts';
import { commandOutcome } from '../../shared/contract/system.ts';
import { createClient } from '../../shared/wire/client.ts';
import { portPair } from '../../shared/wire/port.ts';
import { CHEAP_PIN, newCommandId } from './engine.ts';

export interface Orders {
  dir: string;
  session: string;
  shift: number;
  product: number;
  /** A command whose answer never came, to be sent again first. */
  unanswered: { id: string; pieces: number } | undefined;
  /** Ids that were answered in the life before. */
  answered: string[];
  /** Stop by itself after so many sales; else sell until killed. */
  sales: number | undefined;
}

const PRICE_RUPIAH = 18_000;

function say(...words: string[]): void {
  // Straight into the pipe: what was said before a kill is heard.
  writeSync(1, `${words.join(' ')}\n`);
}

async function sellAll(orders: Orders): Promise<void> {
  const running = await boot({ dir: orders.dir, pinCost: CHEAP_PIN });
  const [mine, theirs] = portPair();
  running.server.serve(theirs, 'page');
  const client = createClient('till');
  client.connect(mine);
  client.setSession(orders.session);
  const { shift, product } = orders;

  async function sell(id: string, pieces: number): Promise<void> {
    const totalRupiah = PRICE_RUPIAH * pieces;
    const input: InputOf<typeof saleComplete> = {
      shift,
      lines: [{ product, qty: pieces * 1000, priceRupiah: PRICE_RUPIAH }],
      totalRupiah,
      tenders: [{ kind: 'cash', amountRupiah: totalRupiah }],
    };
    say('S', id, String(pieces));
    const answer = await client.call(saleComplete, input, { commandId: id });
    say('A', id, JSON.stringify(answer));
  }

  if (orders.unanswered) await sell(orders.unanswered.id, orders.unanswered.pieces);
  for (const id of orders.answered) {
    const known = await client.call(commandOutcome, { id });
    say('K', id, JSON.stringify(known.outcome === 'ok' ? known.value : known));
  }
  for (let sold = 0; orders.sales === undefined || sold < orders.sales; sold += 1) {
    await sell(newCommandId(), 1 + (sold % 3));
    // A turn of the event loop between sales, as between two customers.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await running.stop();
}

say('R');
process.stdin.setEncoding('utf8').once('data', (text: string) => {
  process.stdin.pause();
  void sellAll(JSON.parse(text) as Orders);
});
