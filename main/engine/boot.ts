import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { createServer, type WireServer } from '../../shared/wire/server.ts';
import type { PinCost } from './auth/pin.ts';
import { PIN_COST } from './auth/pin.ts';
import { backUpBeforeMigration } from './backup/take.ts';
import { openBlobs } from './blobs/store.ts';
import { createCheckpointer } from './checkpoint.ts';
import { createDoor } from './door.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { handlers } from './handlers/index.ts';
import { createJournal } from './journal.ts';
import { createLedger } from './ledger.ts';
import { jobKinds, LABELS_AT_ONCE, materialOf } from './printing/material-of.ts';
import { createPrintQueue, type PrintLimits } from './printing/queue.ts';
import { sendToPrinter } from './printing/send.ts';
import { createRuns } from './runs.ts';
import { openKeys } from './seal/keys.ts';
import { startRefusal } from './start-refusal.ts';
import { migrate, pendingMigrations } from './store/migrate.ts';
import { type Books, openBooks } from './store/open.ts';
import { printRouteOf } from './store/print-route.ts';
import { type Statements, statementsOf } from './store/statements.ts';
import { verifyTail } from './verify/verify.ts';

export interface BootOptions {
  /** The data folder; made when it is not there. */
  readonly dir: string;
  /** 32 bytes from the operating system's keystore, base64, where the host has one. */
  readonly keystoreSecret?: string | undefined;
  /** The wall clock; tests give their own. */
  readonly now?: () => number;
  /** Cheaper hashing for tests that sign in a thousand times. */
  readonly pinCost?: PinCost;
  readonly printLimits?: Partial<PrintLimits>;
  /** Log lines go to DIR/engine.log unless told otherwise. */
  readonly logTo?: DestinationStream;
}

export interface RunningEngine {
  readonly engine: Engine;
  readonly server: WireServer;
  /** Waits for the runs that are under way: for a program that ends after one call. */
  finishRuns(): Promise<void>;
  /** Finishes what is under way, empties the log into the books and closes them. Safe to call twice. */
  stop(): Promise<void>;
}

/** Rows of the journal that are checked at every start; the rest is checked on backup copies. */
const CHECKED_AT_BOOT = 1000;
const STRAY_AFTER_MS = 60 * 60 * 1000;
const DRAIN_MS = 3_000;

/**
 * Opens a data folder and serves it: books with their pragmas read back, migrations behind a backup, the newest rows
 * checked, print jobs of an earlier life called by what is known of them. Throws EngineError or KeysError with a
 * sentence when it cannot; then nothing was changed.
 */
export async function boot(options: BootOptions): Promise<RunningEngine> {
  const { dir } = options;
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return await open(options);
  } catch (error) {
    throw startRefusal(error, dir);
  }
}

async function open(options: BootOptions): Promise<RunningEngine> {
  const { dir } = options;
  const now = options.now ?? Date.now;
  const books = openBooks(join(dir, 'titipan.db'));
  try {
    if (pendingMigrations(books) && !isNew(books)) await backUpBeforeMigration(books, dir, now());
    migrate(books);
    removeStrayCopies(dir, now());
    const listeners: Engine['notify'][] = [];
    const engine = assemble(options, books, now, (topics, seq) => {
      for (const listener of listeners) listener(topics, seq);
    });
    checkNewestRows(engine);
    return running(engine, listeners);
  } catch (error) {
    books.close();
    throw error;
  }
}

/** A checker that was killed leaves its copy of the books behind. After an hour nobody reads it any more. */
function removeStrayCopies(dir: string, at: number): void {
  for (const name of readdirSync(dir)) {
    const file = join(dir, name);
    if (/^copy-\d+-\d+\.db$/.test(name) && at - statSync(file).mtimeMs > STRAY_AFTER_MS)
      rmSync(file, { force: true });
  }
}

function isNew(books: Books): boolean {
  return (books.pragma('user_version', { simple: true }) as number) === 0;
}

function assemble(options: BootOptions, books: Books, now: () => number, notify: Engine['notify']): Engine {
  const { dir } = options;
  const sql = statementsOf(books);
  const journal = createJournal(sql);
  // New keys beside books that hold something would open nothing of it: then the key file must come back first.
  const keys = openKeys(dir, {
    create: journal.head().seq === 0,
    keystoreSecret:
      options.keystoreSecret === undefined ? undefined : Buffer.from(options.keystoreSecret, 'base64'),
  });
  checkKeyName(sql, keys.id);
  const { log, closeLog } = openLog(options);
  const blobs = openBlobs(dir);
  const queue = createPrintQueue({
    db: books,
    load: (wishSeq, wishN, printer, out) =>
      materialOf(sql, wishSeq, wishN, printer, { out, atOnce: LABELS_AT_ONCE }),
    routeOf: (wish) => printRouteOf(sql, wish.wishSeq, wish.wishN),
    send: sendToPrinter,
    now,
    onChange: () => notify(new Set(['print']), journal.head().seq),
    onFault: (error) => log.error({ err: error }, 'printing'),
    ...(options.printLimits && { limits: options.printLimits }),
  });
  return {
    dir,
    books,
    sql,
    ledger: createLedger(sql),
    journal,
    handlers,
    keys,
    blobs,
    blob: blobs.read,
    queue,
    log,
    closeLog,
    pinCost: options.pinCost ?? PIN_COST,
    now,
    stopping: false,
    enqueue({ seq, n, kind, drawer }) {
      queue.enqueue({ wishSeq: seq, wishN: n, printer: drawer, kind: jobKinds[kind] });
    },
    notify,
  };
}

/** The key file beside the books must be theirs: with another one every PIN would be wrong and nothing sealed would open. */
function checkKeyName(sql: Statements, id: string): void {
  const known = sql.value<string>('SELECT id FROM key_name');
  if (known === undefined) sql.run('INSERT INTO key_name (id) VALUES (?)', id);
  else if (known !== id) {
    throw new EngineError(
      'other-keys',
      'The key file in this folder belongs to another center. Put the right keys.json back, or restore the newest backup with its recovery code.',
    );
  }
}

function openLog(options: BootOptions): { log: Logger; closeLog(): Promise<void> } {
  const settings = { base: null, timestamp: pino.stdTimeFunctions.isoTime };
  if (options.logTo) return { log: pino(settings, options.logTo), closeLog: () => Promise.resolve() };
  const file = destination({ dest: join(options.dir, 'engine.log'), sync: true, mkdir: true });
  // Without a listener a full disk would end the program at the next line it logs, for the sake of its log.
  file.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => file.once('close', resolve));
  return {
    log: pino(settings, file),
    closeLog() {
      file.destroy();
      return closed;
    },
  };
}

function checkNewestRows(engine: Engine): void {
  const problem = verifyTail(engine.books, CHECKED_AT_BOOT);
  if (problem === undefined) return;
  throw new EngineError(
    'books-damaged',
    `The books do not agree with their own journal (${problem}). Nothing was changed. Restore the newest good backup, or ask for help with this message.`,
  );
}

function running(engine: Engine, listeners: Engine['notify'][]): RunningEngine {
  const server = createServer(createDoor(engine));
  const checkpointer = createCheckpointer(engine.books, engine.log);
  const runs = createRuns(engine);
  listeners.push((topics, seq) => {
    checkpointer.worked();
    if (topics.has('print')) engine.queue.wake();
    if (topics.has('runs')) runs.wake();
    for (const topic of topics) server.push(topic, seq);
  });
  engine.queue.recover();
  engine.queue.wake();
  runs.wake();
  let stopped: Promise<void> | undefined;
  return {
    engine,
    server,
    finishRuns: () => runs.finish(),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };

  async function stop(): Promise<void> {
    engine.stopping = true;
    runs.close();
    const deadline = Date.now() + DRAIN_MS;
    while (server.underWay() > 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await engine.queue.close({ deadlineMs: DRAIN_MS });
    server.close();
    checkpointer.stop();
    engine.books.close();
    await engine.closeLog();
  }
}
