/** The names main and preload know each other by. Nothing else travels between them. */
export const REQUEST_PORT = 'titipan:request-port';
export const PORT = 'titipan:port';
export const ENGINE_GONE = 'titipan:engine-gone';
export const OPEN_BUYER_DISPLAY = 'titipan:open-buyer-display';
