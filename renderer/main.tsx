import './app/first.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/app.css';

const root = document.getElementById('root');
// The buyer's window shows what the till's page tells it: nothing that knows the engine is loaded there.
const isDisplay = new URLSearchParams(window.location.search).has('display');
const page = isDisplay ? import('./features/display/begin.tsx') : import('./app/begin.tsx');
void page.then(({ begin }) => root && begin(root));
