import { centerFront } from '../../../shared/contract/center.ts';
import { engine } from '../../engine/client.ts';
import { basket } from '../../stores/basket.ts';
import { buyerView } from '../../stores/buyer-view.ts';
import { preferences } from '../../stores/preferences.ts';
import { till } from '../../stores/till.ts';
import { DISPLAY_CHANNEL, type DisplayMessage, type DisplayState, REPEAT_MS } from './channel.ts';
import { sceneOf } from './scene.ts';

/**
 * Tells the buyer's window how the till stands, from its first word on: a till without such a window spends nothing on
 * it. Runs until the page goes away.
 */
export function startDisplayFeed(): void {
  const channel = new BroadcastChannel(DISPLAY_CHANNEL);
  let center = '';
  let isHeard = false;
  let isPlanned = false;

  function tell(): void {
    const state: DisplayState = {
      scene: sceneOf({
        basket: basket.getState(),
        qris: buyerView.getState().qris,
        lastSale: till.getState().lastSale,
      }),
      center,
      language: preferences.getState().language,
    };
    channel.postMessage({ kind: 'state', state } satisfies DisplayMessage);
  }

  /** Behind the paint of what changed here: the cashier's screen comes first. */
  function tellSoon(): void {
    if (isPlanned || !isHeard) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      tell();
    });
  }

  function askCenter(): void {
    void engine.call(centerFront, {}).then((answer) => {
      if (answer.outcome === 'ok') center = answer.value.name;
      tellSoon();
    });
  }

  channel.onmessage = ({ data }: MessageEvent<DisplayMessage>) => {
    if (data.kind !== 'hello') return;
    if (!isHeard) {
      isHeard = true;
      for (const store of [basket, buyerView, till, preferences]) store.subscribe(tellSoon);
      setInterval(tell, REPEAT_MS);
      engine.onPush((topic) => topic === 'center' && askCenter());
      askCenter();
    }
    tellSoon();
  };
  channel.postMessage({ kind: 'back' } satisfies DisplayMessage);
}
