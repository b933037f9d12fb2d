import { NONCE_PLACEHOLDER } from '../../shared/wire/page-security.ts';
import type { EngineFailure } from './engine-process.ts';
import { RETRY_URL } from './origin.ts';

/**
 * A page without script that says why the books are not open and what can be done, for the moments when the
 * screens themselves would have nothing to show. Indonesian first.
 */
export function failurePage({ name, sentence }: EngineFailure, dataDir: string): string {
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<title>Titipan tidak dapat dibuka</title>
<style nonce="${NONCE_PLACEHOLDER}">
body { font: 18px/1.5 sans-serif; max-width: 42rem; margin: 12vh auto 0; padding: 0 2rem; color: #212529; }
h1 { font-size: 1.6rem; }
a { display: inline-block; padding: 0.6rem 1.4rem; border-radius: 4px; background: #1864ab; color: #fff; }
p[role] { border-left: 4px solid #c92a2a; padding-left: 1rem; }
[lang="en"], small { color: #495057; font-size: 0.9rem; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>Titipan tidak dapat dibuka</h1>
<p role="alert">${escapeHtml(sentence)}</p>
<p>Transaksi yang sudah tercatat tetap aman. Yang dapat dilakukan:</p>
<ol>
<li>Pastikan tidak ada Titipan lain yang terbuka dengan folder data ini, dan disk tidak penuh.</li>
<li>Coba lagi. Bila tetap gagal, nyalakan ulang komputer.</li>
<li>Bila masih gagal, jangan hapus apa pun; hubungi pengelola dan sebutkan kode di bawah.</li>
</ol>
<p><a href="${RETRY_URL}">Coba lagi</a></p>
<p lang="en">Titipan could not be opened. Sales already recorded are safe. Check that no other Titipan uses this
data folder and that the disk is not full, then try again (Coba lagi); restart the computer if it still fails.
Delete nothing.</p>
<small>${escapeHtml(name)} · ${escapeHtml(dataDir)}</small>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  const named: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => named[character] ?? '');
}
