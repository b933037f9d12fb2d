import { sep } from 'node:path';

/** The file a URL names, relative to the screens' folder, or undefined when it would lead out of it. */
export function fileNameOf(url: string): string | undefined {
  const path = decoded(new URL(url).pathname);
  if (path === undefined || /[\0\\:]/.test(path)) return undefined;
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.some((part) => part === '..' || part === '.')) return undefined;
  return parts.length === 0 ? 'index.html' : parts.join(sep);
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
