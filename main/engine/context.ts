import type { Entry, OutputOf, ParsedOf } from '../../shared/contract/define.ts';
import type { SealedInput } from '../../shared/contract/personal.ts';
import type { PaperKind } from '../../shared/contract/printing.ts';
import type {
  HandlerRejectionName,
  RejectionDetails,
  RejectionName,
} from '../../shared/contract/rejections.ts';
import type { Topic } from '../../shared/contract/topics.ts';
import type { BusinessDay } from '../../shared/domain/calendar.ts';
import type { AccountReference } from '../../shared/domain/chart.ts';
import type { HistoryWriter } from './history.ts';
import type { Ledger, Posting, Totals } from './ledger.ts';
import type { Shelf } from './store/shelves.ts';
import type { Statements } from './store/statements.ts';
import type { HistoryRow, HistoryTableName } from './store/tables.ts';

/** A typed "no". Thrown so that handlers and operations read flat; only what runs them catches it. */
export class Rejection extends Error {
  readonly rejection: RejectionName;
  readonly details: object;
  constructor(rejection: RejectionName, details: object) {
    super(rejection);
    this.rejection = rejection;
    this.details = details;
  }
}

/** The columns of its journal row that a handler may know: nothing else, so that a replay knows as much. */
export interface CommandFacts {
  readonly seq: number;
  readonly id: string;
  readonly actor: number | null;
  readonly approver: number | null;
  readonly device: string;
  readonly at: number;
  readonly day: BusinessDay;
  /** Version of the command's contract: of a row that is replayed, the one it was given under. */
  readonly contract: number;
}

/** What reading code gets: the books as they are. */
export interface ReadContext {
  readonly sql: Statements;
  totals(account: AccountReference): Totals;
  /** The shelves of a product that hold something, first expired first. */
  shelves(product: number): readonly Shelf[];
  reject<Name extends HandlerRejectionName>(name: Name, details: RejectionDetails[Name]): never;
}

/** What a command's handler gets. */
export interface Context extends ReadContext, CommandFacts {
  /** Writes one history row of this command. */
  insert<Name extends HistoryTableName>(table: Name, row: Omit<HistoryRow<Name>, 'seq'>): void;
  post(posting: Posting): void;
  /** The next number of a table whose rows the engine numbers. */
  nextId(table: NumberedTable): number;
  /** Content of a blob that the input names; the same bytes for ever, so a replay reads the same. */
  blob(sha256: string): Buffer | undefined;
  /**
   * Wants this command's document on the paper of a drawer's printer, if it has one; `document` names an earlier one
   * that is printed once more, as a copy.
   */
  print(kind: PaperKind, drawer: number, document?: number): void;
  /** Ends the sessions of a user with the commit: all of them, but of the caller's own not those on this device. */
  signOut(user: number): void;
  /** Tells the screens after the commit that something of a topic changed. */
  changed(topic: Topic): void;
}

type NumberedTable =
  | 'agreement'
  | 'batch'
  | 'drawer'
  | 'price'
  | 'product'
  | 'promotion'
  | 'recurring_fee'
  | 'user'
  | 'vendor'
  | 'vendor_group';

export type CommandHandler<E extends Entry> = (ctx: Context, input: SealedInput<ParsedOf<E>>) => OutputOf<E>;
export type QueryHandler<E extends Entry> = (ctx: QueryContext, input: ParsedOf<E>) => OutputOf<E>;

/** What a query gets: who asks and when, besides the books. */
export interface QueryContext extends ReadContext {
  /** null before signing in. */
  readonly actor: number | null;
  readonly at: number;
}

/** A contract entry and the function behind it; `handles` keeps the two types together. */
export interface Handler {
  readonly entry: Entry;
  readonly run: (ctx: never, input: never) => unknown;
}

export function handles<E extends Entry>(entry: E, run: CommandHandler<E>): Handler {
  return { entry, run: run as Handler['run'] };
}

export function answers<E extends Entry>(entry: E, run: QueryHandler<E>): Handler {
  return { entry, run: run as Handler['run'] };
}

interface ContextParts {
  facts: CommandFacts;
  sql: Statements;
  ledger: Ledger;
  writer: HistoryWriter;
  blob(sha256: string): Buffer | undefined;
  /** Filled by the handler: what to tell the screens, whom to sign out, what to put on paper. */
  topics: Set<Topic>;
  signedOut: Set<number>;
  wishes: PrintWish[];
}

/** A durable wish to put this command's document on the paper of a drawer's printer. */
export interface PrintWish {
  readonly seq: number;
  readonly n: number;
  readonly kind: PaperKind;
  readonly drawer: number;
  /** The journal row of the document that is printed once more; null: the command's own. */
  readonly document: number | null;
}

/** The context of one command, in execution and in replay alike. */
export function commandContext(parts: ContextParts): Context {
  const { facts, sql, ledger, writer, blob, topics, signedOut, wishes } = parts;
  const context: Context = {
    ...facts,
    sql,
    totals: ledger.totals,
    shelves: ledger.shelves,
    reject,
    insert(table, row) {
      writer.insert(table, { ...row, seq: facts.seq } as never);
    },
    post: (posting) => ledger.post(writer, facts, posting),
    nextId: (table) => sql.value<number>(`SELECT coalesce(max(id), 0) + 1 FROM "${table}"`) as number,
    blob,
    print(kind, drawer, document) {
      if (!sql.kept(['printer'], 'SELECT seq FROM printer WHERE drawer = ? LIMIT 1', drawer)) return;
      const wish: PrintWish = { seq: facts.seq, n: wishes.length, kind, drawer, document: document ?? null };
      writer.insert('print_wish', { ...wish });
      wishes.push(wish);
      topics.add('print');
    },
    signOut(user) {
      signedOut.add(user);
    },
    changed(topic) {
      topics.add(topic);
    },
  };
  return context;
}

export function reject<Name extends HandlerRejectionName>(
  name: Name,
  details: RejectionDetails[Name],
): never {
  throw new Rejection(name, details);
}
