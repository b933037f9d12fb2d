/**
 * Gives commands to the real engine over its port and to the bookkeeper of model.ts, and holds both books against each
 * other after each: every account, what was answered, and what had to be refused.
 */
import type { Statement } from 'better-sqlite3';
import { startSession } from '../../main/engine/auth/sessions.ts';
import type { Entry, InputOf, OutputOf } from '../../shared/contract/define.ts';
import { authApprove } from '../../shared/contract/people.ts';
import { settlementGet } from '../../shared/contract/settlement.ts';
import type { Answer, CallOptions } from '../../shared/wire/client.ts';
import { newCommandId, type TestClient, type TestEngine } from '../support/engine.ts';
import { No } from './arithmetic.ts';
import type { Books, Data, Who } from './data.ts';
import { keepBooks } from './model.ts';
import { ACCOUNTS, LINES, LIVE_RUN, LOSSES, NOT_FIRST_EXPIRED } from './questions.ts';

/** Who works in the shop, by the number the books know them by. */
export const PEOPLE = {
  ratna: { user: 1, role: 'admin', pin: '739184' },
  budi: { user: 2, role: 'manager', pin: '582047' },
  siti: { user: 3, role: 'cashier', pin: '914726' },
  dewi: { user: 4, role: 'cashier', pin: '603815' },
} as const;
export type Person = keyof typeof PEOPLE;

/** What a "no" of a command's must also be to the bookkeeper; any other it takes as it is, and moves nothing. */
const REFUSED: Record<string, readonly string[]> = {
  'sale.complete': ['tender-short', 'tender-exceeds-total', 'cash-not-due'],
  'refund.complete': ['more-than-sold'],
  'unresolved.resolve': ['already-resolved'],
  'buyer.pay': ['more-than-due', 'drawer-short'],
  'purchase.confirm': ['drawer-short'],
  'shift.open': ['drawer-short'],
  'shift.close': ['variance-needs-approval'],
  'safe.count': ['variance-needs-approval'],
  'cash.in': ['drawer-short'],
  'cash.out': ['drawer-short'],
  'cash.drop': ['drawer-short'],
  'debt.writeOff': ['second-person-needed', 'more-than-owed'],
  'settlement.prepare': ['settlement-open'],
  'settlement.pay': ['payout-exceeds-approved', 'drawer-short'],
  'document.reverse': ['drawer-short'],
};

/** How often each command was done, and each "no" was said, over all shops of this process. */
export const counts = { done: new Map<string, number>(), said: new Map<string, number>() };
const count = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1);

export interface Given<E extends Entry = Entry> {
  as: Person;
  entry: E;
  input: InputOf<E>;
  /** Stands beside with an own PIN. */
  approver?: Person | undefined;
}

/** The two books do not agree. */
export class Mismatch extends Error {}

interface JournalRow {
  seq: number;
  id: string;
  name: string;
  at: number;
  actor: number | null;
  approver: number | null;
  outcome: string;
}

const UTC_OFFSET_MS = 7 * 60 * 60 * 1000;
const SESSION_MS = 10 * 60 * 60 * 1000;

/** A shop with both its books. */
export class TwoBooks {
  readonly engine: TestEngine;
  readonly clock: { now: number };
  page: Books;
  private readonly clients = new Map<Person, TestClient>();
  private readonly sessions = new Map<Person, number>();
  private readonly statements = new Map<string, Statement<unknown[]>>();
  private seen: number;
  /** Everything that was given, with its answer: what a failing history is told by. */
  readonly log: string[] = [];

  constructor(engine: TestEngine, clock: { now: number }, page: Books) {
    this.engine = engine;
    this.clock = clock;
    this.page = page;
    this.seen = engine.engine.journal.head().seq;
  }

  /** The center's date. */
  get today(): string {
    return new Date(this.clock.now + UTC_OFFSET_MS).toISOString().slice(0, 10);
  }

  rows<Row = Record<string, number>>(sql: string, ...values: (string | number)[]): Row[] {
    return this.prepared(sql).all(...values) as Row[];
  }

  value<Value = number>(sql: string, ...values: (string | number)[]): Value | undefined {
    const row = this.prepared(sql).get(...values) as Record<string, Value> | undefined;
    return row && Object.values(row)[0];
  }

  private prepared(sql: string): Statement<unknown[]> {
    const statement = this.statements.get(sql) ?? this.engine.engine.books.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  /** A client of a person, signed in as soon as the books know the person. */
  client(person: Person): TestClient {
    const client = this.clients.get(person) ?? this.engine.client(person);
    this.clients.set(person, client);
    const { now } = this.clock;
    if (Math.abs(now - (this.sessions.get(person) ?? 0)) < SESSION_MS) return client;
    const { user } = PEOPLE[person];
    if (this.value('SELECT id FROM "user" WHERE id = ?', user) === undefined) return client;
    client.setSession(startSession(this.engine.engine.books, { user, device: person, at: now }).token);
    this.sessions.set(person, now);
    return client;
  }

  get seq(): number {
    return this.engine.engine.journal.head().seq;
  }

  pass(milliseconds: number): void {
    this.clock.now += milliseconds;
  }

  /** Debits less credits of a money account in the engine's books. */
  held(code: string, owner: number): number {
    const sql = 'SELECT debits - credits FROM account WHERE ledger = 0 AND code = ? AND owner = ?';
    return this.value(sql, code, String(owner)) ?? 0;
  }

  owed(code: string, owner: number): number {
    return -this.held(code, owner);
  }

  settlement(settlement: number): Promise<OutputOf<typeof settlementGet>> {
    return this.client('ratna').must(settlementGet, { settlement });
  }

  /** Every session ended: the next call of each person signs in anew. */
  forgetSessions(): void {
    this.sessions.clear();
  }

  /** Anything that is answered, counted; commands are held against the bookkeeper. */
  async give<E extends Entry>(
    { as, entry, input, approver }: Given<E>,
    options: CallOptions = {},
  ): Promise<Answer<E>> {
    const client = this.client(as);
    const commandId = options.commandId ?? newCommandId();
    let { approval } = options;
    if (approver) {
      const { pin } = PEOPLE[approver];
      const said = await client.ask(authApprove, {
        commandId,
        action: entry.name,
        figures: input,
        username: approver,
        pin,
      });
      if (said.outcome === 'ok') approval = said.value.approval;
    }
    const answer = await client.ask(entry, input, { ...options, commandId, ...(approval && { approval }) });
    const no = answer.outcome === 'rejected' ? answer.name : answer.outcome;
    this.log.push(`${as} ${entry.name} ${JSON.stringify(input)} ${no}`);
    this.heed(entry, input, commandId, answer as Answer<Entry>);
    return answer;
  }

  async must<E extends Entry>(given: Given<E>): Promise<OutputOf<E>> {
    const answer = await this.give(given);
    if (answer.outcome === 'ok') return answer.value;
    throw new Error(`${given.entry.name}: ${JSON.stringify(answer)}`);
  }

  /** Counts an answer that was not given through `give`. */
  hear(answer: Answer<Entry>): void {
    if (answer.outcome === 'rejected') count(counts.said, answer.name);
  }

  /** Waits until a question has an answer. */
  async until(sql: string, ...values: (string | number)[]): Promise<void> {
    for (let tries = 0; this.value(sql, ...values) === undefined; tries += 1) {
      if (tries > 5_000) throw new Error(`still nothing: ${sql}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Counts an answer, and lets the bookkeeper do what the journal says was done. */
  heed(entry: Entry, input: unknown, commandId: string, answer: Answer<Entry>): void {
    if (answer.outcome === 'rejected') count(counts.said, answer.name);
    else if (answer.outcome === 'ok') count(counts.done, entry.name);
    else throw new Mismatch(`${entry.name} was answered ${answer.outcome}: ${JSON.stringify(input)}`);
    this.catchUp(entry, input, commandId);
    this.compare(`${entry.name} ${JSON.stringify(input)} → ${JSON.stringify(answer)}`);
  }

  /** Commands that the engine gave itself in the course of a run are among the rows. */
  catchUp(entry?: Entry, input?: unknown, commandId?: string): void {
    const rows = this.rows<JournalRow>(
      'SELECT seq, id, name, at, actor, approver, outcome FROM journal WHERE seq > ? ORDER BY seq',
      this.seen,
    );
    for (const row of rows) {
      this.seen = row.seq;
      const isRun = row.name === 'run.part' && row.id !== commandId;
      if (isRun) this.settleMany(row);
      else if (entry) this.settleOne(row, (entry.input.safeParse(input).data ?? {}) as Data);
    }
  }

  private settleOne(row: JournalRow, input: Data): void {
    const outcome = JSON.parse(row.outcome) as { ok?: Data; rejected?: string };
    if (outcome.rejected === undefined) {
      this.keep(row, row.name, input, this.told(row, outcome.ok as Data));
      this.checkGoods(row);
      return;
    }
    if (!REFUSED[row.name]?.includes(outcome.rejected)) return;
    const page = structuredClone(this.page);
    try {
      keepBooks(page, row.name, input, this.who(row), {} as Data);
    } catch (error) {
      if (error instanceof No && error.message === outcome.rejected) return;
      throw new Mismatch(`${row.name} was refused as ${outcome.rejected}; the model says ${error}`);
    }
    throw new Mismatch(
      `${row.name} was refused as ${outcome.rejected}; the model does it: ${JSON.stringify(input)}`,
    );
  }

  /** A part of a run, as the single settlements it makes. */
  private settleMany(row: JournalRow): void {
    count(counts.done, row.name);
    const drafts =
      'SELECT id AS document, vendor, cutoff_day AS cutoffDay, closing FROM settlement WHERE seq = ?';
    for (const { document, closing, ...input } of this.rows<Data>(drafts, row.seq)) {
      this.keep(
        row,
        'settlement.prepare',
        input as Data,
        { closingRupiah: closing } as object as Data,
        document,
      );
    }
    const approvals =
      'SELECT id AS document, settlement, amount AS amountRupiah, fees AS feesRupiah FROM settlement_approval WHERE seq = ?';
    for (const { document, feesRupiah, ...input } of this.rows<Data>(approvals, row.seq)) {
      this.keep(row, 'settlement.approve', input as Data, { feesRupiah: feesRupiah ?? 0 } as Data, document);
    }
    const payouts =
      "SELECT id AS document, settlement, amount AS amountRupiah, 'bank' AS how FROM payout WHERE seq = ?";
    for (const { document, ...input } of this.rows<Data>(payouts, row.seq)) {
      this.keep(row, 'settlement.pay', input as Data, {} as Data, document);
    }
  }

  private who({ seq, at, actor, approver }: JournalRow, document?: number): Who {
    const today = new Date(at + UTC_OFFSET_MS).toISOString().slice(0, 10);
    return {
      seq,
      at,
      today,
      user: actor ?? 0,
      approver: approver ?? 0,
      ...(document !== undefined && { document }),
    };
  }

  /** The bookkeeper does it too, and answers the same where it answers. */
  private keep(row: JournalRow, name: string, input: Data, told: Data, document?: number): void {
    const page = structuredClone(this.page);
    let answer: unknown;
    try {
      answer = keepBooks(page, name, input, this.who(row, document), told);
    } catch (error) {
      throw new Mismatch(`${name} was done; the model says ${error}: ${JSON.stringify(input)}`);
    }
    this.page = page;
    if (answer === null || typeof answer !== 'object' || Array.isArray(answer)) return;
    for (const [key, value] of Object.entries(answer)) {
      const engine = (told as object as Record<string, unknown>)[key];
      if (engine !== undefined && engine !== value) {
        throw new Mismatch(`${name} answered ${key} ${engine}, the model ${value}: ${JSON.stringify(input)}`);
      }
    }
  }

  /** The answer, with what stands in the books of its lines. */
  private told({ seq, name }: JournalRow, answer: Data): Data {
    const isLoss = name === 'writeOff.confirm' || name === 'count.post';
    if (isLoss) return { ...answer, lines: this.rows<Data>(LOSSES, seq) };
    if (name !== 'sale.complete' && name !== 'unresolved.resolve') return answer;
    const lines = this.rows<Data & { off: string }>(LINES, seq, seq);
    return {
      ...answer,
      lines: lines.map((line) => ({ ...line, off: JSON.parse(line.off) as Data['off'] })),
    } as Data;
  }

  private checkGoods({ seq, name }: JournalRow): void {
    if (name !== 'sale.complete') return;
    const wrong = this.rows(NOT_FIRST_EXPIRED, seq, seq);
    if (wrong.length > 0) throw new Mismatch(`sale ${seq} left what expires first: ${JSON.stringify(wrong)}`);
  }

  /** Every account, in both books. */
  compare(after: string): void {
    const engine: Record<string, number> = {};
    for (const { ledger, code, owner, balance } of this.rows<Account>(ACCOUNTS)) {
      const name = ledger === 0 ? `${code}/${owner}` : `${ledger}:${GOODS[code] ?? code}`;
      engine[name] = (engine[name] ?? 0) + balance;
    }
    const names = new Set([...Object.keys(engine), ...Object.keys(this.page.books)]);
    const wrong = [...names]
      .map((name) => ({ name, engine: engine[name] ?? 0, model: this.page.books[name] ?? 0 }))
      .filter((account) => account.engine !== account.model);
    if (wrong.length > 0) throw new Mismatch(`after ${after}: ${JSON.stringify(wrong)}`);
  }

  /** Waits until the engine has no run under way, and catches up with it. */
  async runsEnded(): Promise<void> {
    while (this.value(LIVE_RUN) !== undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    this.catchUp();
    this.compare('a run');
  }
}

interface Account {
  ledger: number;
  code: string;
  owner: string;
  balance: number;
}

/** The model knows what lies on the shelves less what nobody has explained. */
const GOODS: Record<string, string> = { found: 'shelf' };
