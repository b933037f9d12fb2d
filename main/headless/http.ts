import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { MAX_FRAME_LENGTH } from '../../shared/wire/frame.ts';
import { fileHeaders, securePage } from '../../shared/wire/page-security.ts';
import type { WireServer } from '../../shared/wire/server.ts';
import { webSocketPort } from './web-port.ts';

/** Only this machine: other machines come with a setting of their own, certificates and limits included. */
export const HOST = '127.0.0.1';
const NONCE_BYTES = 18;
/** A frame is bounded in UTF-16 units, which take at most three bytes each in UTF-8. */
const MAX_FRAME_BYTES = 3 * MAX_FRAME_LENGTH;
const MAX_CONNECTIONS = 256;
export const MAX_PORTS = 64;
const TRY_AGAIN_LATER = 1013;
/** What a page gets to close its connections before they are cut. */
const GOODBYE_MS = 500;

export interface HttpOptions {
  /** The folder of the built screens. */
  readonly screens: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly server: WireServer;
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the screens and, at `/wire`, the engine's port for them. Throws the listening error (`EADDRINUSE`) and when
 * there are no built screens.
 */
export async function startHttp({ screens, port, server }: HttpOptions): Promise<HttpServer> {
  const page = readFileSync(join(screens, 'index.html'), 'utf8');
  const app = fastify({
    logger: false,
    bodyLimit: 1024,
    frameworkErrors: (_error, _request, reply) => refuse(reply, 400),
  });
  const cutOff = trackConnections(app);
  app.addHook('onRequest', async (request, reply) => refuseForeignHost(app, request, reply));
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404));
  app.setErrorHandler((_error, _request, reply) => refuse(reply, 400));
  await app.register(fastifyWebsocket, {
    options: { maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false },
  });
  const plainFiles = { cacheControl: false, contentType: false, dotfiles: 'deny' } as const;
  await app.register(fastifyStatic, { root: screens, serve: false, ...plainFiles });
  servePorts(app, server);
  serveScreens(app, page);
  await app.listen({ port, host: HOST });
  return {
    port: portOf(app),
    close() {
      setTimeout(cutOff, GOODBYE_MS).unref();
      return app.close();
    },
  };
}

/** Closing waits for every connection, and a browser that keeps one must not keep the shop from stopping. */
function trackConnections(app: FastifyInstance): () => void {
  const sockets = new Set<Socket>();
  app.server.maxConnections = MAX_CONNECTIONS;
  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** Names under which a browser on this machine knows us. */
function ownHosts(app: FastifyInstance): string[] {
  const port = portOf(app);
  return [HOST, 'localhost'].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

/** Another name that leads to this machine is some other site's attempt to be taken for ours (DNS rebinding). */
async function refuseForeignHost(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
  if (!ownHosts(app).includes(request.headers.host ?? '')) return refuse(reply, 421);
}

function refuse(reply: FastifyReply, status: number) {
  return reply.code(status).header('X-Content-Type-Options', 'nosniff').send();
}

function servePorts(app: FastifyInstance, server: WireServer): void {
  let ports = 0;
  // A browser always says which page opens a WebSocket; a page of another origin must not speak to the engine.
  const preValidation = async (request: FastifyRequest, reply: FastifyReply) => {
    const { origin } = request.headers;
    if (!ownHosts(app).some((host) => origin === `http://${host}`)) return refuse(reply, 403);
  };
  app.get('/wire', { websocket: true, preValidation }, (socket) => {
    if (ports >= MAX_PORTS) return socket.close(TRY_AGAIN_LATER);
    ports += 1;
    const port = webSocketPort(socket);
    port.onClose(() => {
      ports -= 1;
    });
    server.serve(port, 'page');
  });
}

function serveScreens(app: FastifyInstance, page: string): void {
  app.get('/*', (request, reply) => {
    const path = (request.params as { '*': string })['*'];
    if (path === '' || path === 'index.html') {
      const { html, headers } = securePage(page, randomBytes(NONCE_BYTES).toString('base64url'));
      return reply.headers(headers).send(html);
    }
    const headers = fileHeaders(path);
    return headers ? reply.headers(headers).sendFile(path) : refuse(reply, 404);
  });
}
