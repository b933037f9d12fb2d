import type { Logger } from 'pino';
import type { Topic } from '../../shared/contract/topics.ts';
import type { Core } from './apply.ts';
import type { PinCost } from './auth/pin.ts';
import type { BlobStore } from './blobs/store.ts';
import type { PrintWish } from './context.ts';
import type { PrintQueue } from './printing/queue.ts';
import type { Keys } from './seal/keys.ts';

/** Everything a running engine is made of. Built once, at boot. */
export interface Engine extends Core {
  /** The data folder. */
  readonly dir: string;
  readonly keys: Keys;
  readonly blobs: BlobStore;
  readonly queue: PrintQueue;
  readonly log: Logger;
  /** Closes the log's file, every line of which is written at once. The last thing a stopping engine does. */
  closeLog(): Promise<void>;
  readonly pinCost: PinCost;
  /** The wall clock, milliseconds since 1970. */
  now(): number;
  /** Writes the print job of a wish into the command's transaction. */
  enqueue(wish: PrintWish): void;
  /** Called after a commit. */
  notify(topics: ReadonlySet<Topic>, seq: number): void;
  /** True once the engine is going down: nothing new is begun. */
  stopping: boolean;
}
