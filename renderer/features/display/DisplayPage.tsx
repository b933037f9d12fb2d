import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { preferences } from '../../stores/preferences.ts';
import { moneyText } from '../../ui/Money.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import {
  DISPLAY_CHANNEL,
  type DisplayMessage,
  type DisplayState,
  type Scene,
  SILENCE_MS,
} from './channel.ts';
import styles from './Display.module.css';

/** A buyer who got the change is gone by then. */
const DONE_MS = 60_000;

/** The second window, towards the buyer: it shows what the till tells it and asks for nothing else. */
export function DisplayPage() {
  const state = useTillState();
  const scene = state?.scene ?? { name: 'welcome' };
  useEffect(() => {
    // Whoever stands before a full screen without a frame closes it by Escape.
    const close = (event: KeyboardEvent) => event.key === 'Escape' && window.close();
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
  return (
    <main className={styles.page}>
      <SceneView scene={scene} center={state?.center ?? ''} />
    </main>
  );
}

/** The newest word of the till; undefined before the first one, and when the till has fallen silent. */
function useTillState(): DisplayState | undefined {
  const [state, setState] = useState<DisplayState>();
  useEffect(() => {
    const channel = new BroadcastChannel(DISPLAY_CHANNEL);
    const hello = () => channel.postMessage({ kind: 'hello' } satisfies DisplayMessage);
    let silence: ReturnType<typeof setTimeout> | undefined;
    function listen(): void {
      clearTimeout(silence);
      silence = setTimeout(() => {
        setState(undefined);
        // A till that was loaded again does not know of us until we speak.
        hello();
        listen();
      }, SILENCE_MS);
    }
    channel.onmessage = ({ data }: MessageEvent<DisplayMessage>) => {
      if (data.kind === 'back') hello();
      if (data.kind !== 'state') return;
      listen();
      preferences.getState().setLanguage(data.state.language);
      setState(data.state);
    };
    hello();
    listen();
    return () => {
      clearTimeout(silence);
      channel.close();
    };
  }, []);
  return state;
}

function SceneView({ scene, center }: { scene: Scene; center: string }) {
  const { t } = useTranslation();
  const isOver = useIsOver(scene);
  switch (isOver ? 'welcome' : scene.name) {
    case 'basket':
      return <BasketView scene={scene as Extract<Scene, { name: 'basket' }>} center={center} />;
    case 'qris':
      return <QrisView scene={scene as Extract<Scene, { name: 'qris' }>} />;
    case 'done':
      return <DoneView scene={scene as Extract<Scene, { name: 'done' }>} />;
    default:
      return (
        <section className={styles.calm}>
          <h1>{t('display.welcome')}</h1>
          <p>{center}</p>
        </section>
      );
  }
}

/** True once a finished sale has stood there long enough. */
function useIsOver(scene: Scene): boolean {
  const [over, setOver] = useState('');
  const key = scene.name === 'done' ? JSON.stringify(scene) : '';
  useEffect(() => {
    setOver('');
    if (key === '') return;
    const timer = setTimeout(() => setOver(key), DONE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return key !== '' && over === key;
}

function BasketView({ scene, center }: { scene: Extract<Scene, { name: 'basket' }>; center: string }) {
  const { t } = useTranslation();
  const { lines, totalRupiah, savedRupiah, takenRupiah } = scene;
  const last = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was scanned last is kept in sight
  useEffect(() => {
    void last.current?.scrollIntoView({ block: 'nearest' });
  }, [lines]);
  return (
    <section className={styles.basket}>
      <h1 className={styles.center}>{center}</h1>
      <ol className={styles.lines} aria-label={t('till.cart')}>
        {lines.map((line, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture of a list that another page keeps
            key={index}
            ref={index === lines.length - 1 ? last : undefined}
            aria-current={index === lines.length - 1}
          >
            <span className={styles.name}>
              {line.name}
              <small>{line.detail}</small>
            </span>
            <b>{moneyText(line.amountRupiah)}</b>
          </li>
        ))}
      </ol>
      <dl className={styles.sums}>
        {savedRupiah > 0 && (
          <div>
            <dt>{t('display.saved')}</dt>
            <dd>{moneyText(savedRupiah)}</dd>
          </div>
        )}
        {takenRupiah > 0 && (
          <div>
            <dt>{t('pay.paid')}</dt>
            <dd>{moneyText(takenRupiah)}</dd>
          </div>
        )}
        <div className={styles.total}>
          <dt>{t(takenRupiah > 0 ? 'display.rest' : 'till.total')}</dt>
          <dd data-testid="display-total">{moneyText(totalRupiah - takenRupiah)}</dd>
        </div>
      </dl>
    </section>
  );
}

function QrisView({ scene }: { scene: Extract<Scene, { name: 'qris' }> }) {
  const { t } = useTranslation();
  const amount = moneyText(scene.amountRupiah);
  return (
    <section className={styles.qris}>
      <QrCode
        text={scene.payload}
        label={t('pay.qris.picture', { amount })}
        className={styles.code as string}
      >
        {t('pay.qris.drawing')}
      </QrCode>
      <div>
        <h1>{t('display.scan')}</h1>
        <p className={styles.amount} data-testid="display-total">
          {amount}
        </p>
        <p>{t('pay.qris.code', { code: scene.code })}</p>
      </div>
    </section>
  );
}

function DoneView({ scene }: { scene: Extract<Scene, { name: 'done' }> }) {
  const { t } = useTranslation();
  const { changeRupiah, totalRupiah } = scene;
  return (
    <section className={styles.calm}>
      <h1>{t('display.thanks')}</h1>
      {changeRupiah > 0 && (
        <>
          <p>{t('till.change')}</p>
          <p className={styles.change} data-testid="display-change">
            {moneyText(changeRupiah)}
          </p>
        </>
      )}
      <p>{t('display.paidTotal', { total: moneyText(totalRupiah) })}</p>
    </section>
  );
}
