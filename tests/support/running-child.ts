/**
 * An engine that carries runs out until it is killed. Its parent has begun one that prepares settlements; this one goes
 * on with it, then begins the one that approves them and the one that pays them, each with the session of another
 * person. On stdin: one JSON `RunOrders`. On stdout: `R` when its code is loaded, `P run part` after each part, `D`
 * when all is done.
 */
import { writeSync } from 'node:fs';
import { boot } from '../../main/engine/boot.ts';
import { liveRun, type RunRow, runsWithFigures } from '../../main/engine/store/runs.ts';
import { runStart } from '../../shared/contract/run.ts';
import { createClient } from '../../shared/wire/client.ts';
import { portPair } from '../../shared/wire/port.ts';
import { CHEAP_PIN, newCommandId } from './engine.ts';

export interface RunOrders {
  dir: string;
  /** Sessions of whoever may approve, and of whoever pays. */
  sessions: { approve: string; 'pay-bank': string };
}

function say(...words: (string | number)[]): void {
  // Straight into the pipe: what was said before a kill is heard.
  writeSync(1, `${words.join(' ')}\n`);
}

async function runAll({ dir, sessions }: RunOrders): Promise<void> {
  const running = await boot({ dir, pinCost: CHEAP_PIN });
  const { sql } = running.engine;
  const [mine, theirs] = portPair();
  running.server.serve(theirs, 'page');
  const client = createClient('office');
  client.connect(mine);

  async function begin(kind: 'approve' | 'pay-bank', of: number): Promise<void> {
    client.setSession(sessions[kind]);
    const answer = await client.call(runStart, { kind, of }, { commandId: newCommandId() });
    if (answer.outcome !== 'ok') throw new Error(JSON.stringify(answer));
  }

  let said = '';
  const tell = ({ seq, part }: RunRow) => {
    const words = `P ${seq} ${part}`;
    if (words !== said && part > 0) say(words);
    said = words;
  };
  for (;;) {
    const [last] = runsWithFigures(sql, 1);
    if (!last) throw new Error('there is no run');
    tell(last);
    if (!liveRun(sql)) {
      if (last.kind === 'pay-bank') break;
      await begin(last.kind === 'prepare' ? 'approve' : 'pay-bank', last.of ?? last.seq);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await running.stop();
  say('D');
}

say('R');
process.stdin.setEncoding('utf8').once('data', (text: string) => {
  process.stdin.pause();
  void runAll(JSON.parse(text) as RunOrders);
});
