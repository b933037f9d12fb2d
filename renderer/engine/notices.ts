import { connection } from '../stores/connection.ts';
import { session } from '../stores/session.ts';
import { onRefusal } from './client.ts';

/** Answers that concern the whole page and not the one screen that asked: the session is gone, the clock is doubted. */
export function startNotices(): void {
  onRefusal(({ name, details }) => {
    if (name === 'no-session') session.getState().doubted();
    if (name === 'setup-needed') connection.getState().askFrontAgain();
    if (name === 'clock-doubtful') {
      const { lastAt, now } = details;
      connection.getState().doubtClock({ lastAt: Number(lastAt), now: Number(now) });
    }
  });
}
