import { createRoot } from 'react-dom/client';
import { engine, startEngine } from '../engine/client.ts';
import { startNotices } from '../engine/notices.ts';
import { startDisplayFeed } from '../features/display/feed.ts';
import { connection } from '../stores/connection.ts';
import { session } from '../stores/session.ts';
import { App } from './App.tsx';
import { startLanguages } from './i18n.ts';

/** The till and the office: everything that speaks with the engine. */
export function begin(root: HTMLElement): void {
  startLanguages();
  engine.onConnection((connected) => connection.getState().setConnected(connected));
  startNotices();
  startEngine();
  startDisplayFeed();
  void session.getState().resume();
  createRoot(root).render(<App />);
}
