import { z } from 'zod';

/** Version of the frames below. A client of another version is told so and stops. */
export const FRAME_VERSION = 1;
/** Largest frame either side accepts, in UTF-16 units of its JSON text. Bigger things travel as blobs in chunks. */
export const MAX_FRAME_LENGTH = 256 * 1024;

/** A question or an intent. `commandId` is made by the client at the moment of intent and kept over retries. */
export const callFrame = z.strictObject({
  v: z.literal(FRAME_VERSION),
  kind: z.literal('call'),
  callId: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  name: z.string().min(1).max(60),
  input: z.unknown(),
  /** Lower case: an id must not have two spellings. */
  commandId: z.uuid().lowercase().optional(),
  session: z.string().max(100).optional(),
  approval: z.string().max(100).optional(),
  /** The client's own name for the machine it runs on; a throttle and the journal use it, nothing trusts it. */
  device: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,60}$/)
    .default('unnamed'),
});
export type CallFrame = z.output<typeof callFrame>;

export type Outcome =
  | { outcome: 'ok'; value: unknown }
  | { outcome: 'rejected'; name: string; details: object }
  /** A bug. The person sees the id, the log has the stack. */
  | { outcome: 'fault'; faultId: string };

export type AnswerFrame = { v: typeof FRAME_VERSION; kind: 'answer'; callId: number } & Outcome;

/** Something of this topic changed at this journal row. The client asks again; state never travels in a push. */
export interface PushFrame {
  v: typeof FRAME_VERSION;
  kind: 'push';
  topic: string;
  seq: number;
}
