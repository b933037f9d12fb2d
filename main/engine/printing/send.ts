/** Picks the sender that fits a printer's address: the `send` that the engine gives to the queue. */
import { sendFile } from './file-sender.ts';
import type { SendJob, SendResult } from './printer.ts';
import { sendTcp } from './tcp-sender.ts';

/** One try at one printer. Never throws; see SendResult for what each outcome promises. */
export function sendToPrinter(job: SendJob): Promise<SendResult> {
  const { address, bytes, deadlineMs, connectTimeoutMs, askMs, answerExpected, signal } = job;
  const common = { bytes, deadlineMs, ...(signal ? { signal } : {}) };
  if (address.via === 'file') return sendFile({ ...common, path: address.path });
  return sendTcp({
    ...common,
    host: address.host,
    port: address.port,
    connectTimeoutMs,
    askMs,
    answerExpected,
    openCountsAsSent: !address.closesAfterJob,
  });
}
