import './app/first.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/app.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startLanguages } from './app/i18n.ts';
import { engine, startEngine } from './engine/client.ts';
import { connection } from './stores/connection.ts';
import { session } from './stores/session.ts';

startLanguages();
engine.onConnection((connected) => connection.getState().setConnected(connected));
startEngine();
void session.getState().resume();

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
