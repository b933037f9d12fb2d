import type { IpcMainEvent } from 'electron';
import { isOwnPage } from './origin.ts';

/** Only the top frame of our own page, by its parsed address, is answered; anyone else is not even refused. */
export function isFromOwnPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url);
}
