import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The screens, for Electron's own protocol and for a browser alike. Chromium 114 is the oldest we start on. No
 * file is inlined as data: and no script stands in the page, so that the strict content policy holds.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../build/renderer',
    emptyOutDir: true,
    target: 'chrome114',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
});
