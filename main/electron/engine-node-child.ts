import { spawn } from 'node:child_process';
import { MessageChannelMain, type MessagePortMain } from 'electron';
import { ANSWER_LENGTH_MAX, isCallText } from '../../shared/wire/host-messages.ts';
import { engineEnvironment } from './engine-environment.ts';
import {
  createEngineProcess,
  type EngineChannel,
  type EngineEvents,
  type EngineLaunchOptions,
  type EngineProcess,
} from './engine-process.ts';

/** Texts handed to the child and not yet taken by it. A window that floods a busy engine loses its port. */
const UNSENT_LENGTH_MAX = 2 * ANSWER_LENGTH_MAX;

/**
 * Runs the engine in a plain Node, for an Electron whose own Node is too old for the database library. A
 * MessagePort cannot be sent to a Node child, so main keeps one end and relays whole frames.
 */
export function launchNodeChild(options: EngineLaunchOptions): EngineProcess {
  return createEngineProcess(options, (events) => openNodeChild(options, events));
}

function openNodeChild(options: EngineLaunchOptions, { onMessage, onExit }: EngineEvents): EngineChannel {
  const relayed = new Map<number, MessagePortMain>();
  let unsentLength = 0;
  const child = spawn(options.nodeBinary, [options.entry], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: engineEnvironment(process.env),
    windowsHide: true,
  });
  child.on('message', onMessage);
  child.on('error', (error) => onExit(error.message, child.exitCode !== null || child.pid === undefined));
  child.on('exit', (code, signal) => onExit(`exit ${code ?? signal}`, true));
  child.on('disconnect', () => onExit('disconnected', false));

  function post(message: Parameters<EngineChannel['post']>[0], sent?: () => void): void {
    // Posting to a child that has just ended fails; its exit tells the same and is handled.
    if (child.connected) child.send(message, () => sent?.());
  }

  function closeRelayed(id: number): void {
    relayed.get(id)?.close();
    relayed.delete(id);
  }

  function relay(id: number, data: unknown): void {
    if (!isCallText(data) || unsentLength + data.length > UNSENT_LENGTH_MAX) {
      post({ type: 'port-close', port: id });
      return closeRelayed(id);
    }
    unsentLength += data.length;
    post({ type: 'frame', port: id, text: data }, () => {
      unsentLength -= data.length;
    });
  }

  return {
    pid: () => child.pid,
    post,
    openPort(id) {
      const { port1: windowEnd, port2: ownEnd } = new MessageChannelMain();
      relayed.set(id, ownEnd);
      post({ type: 'port-open', port: id });
      ownEnd.on('message', ({ data }) => relay(id, data));
      ownEnd.on('close', () => {
        if (relayed.delete(id)) post({ type: 'port-close', port: id });
      });
      ownEnd.start();
      return windowEnd;
    },
    onRelayed(message) {
      if (message.type === 'port-close') closeRelayed(message.port);
      else relayed.get(message.port)?.postMessage(message.text);
    },
    closePorts() {
      for (const id of [...relayed.keys()]) closeRelayed(id);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
