import { Keypad } from '../../ui/Keypad.tsx';
import styles from './Dialogs.module.css';

/** Digits for a finger beside a field; not there on machines that have no touch screen. */
export function TouchKeypad({ text, onText }: { text: string; onText: (text: string) => void }) {
  return (
    <div className={styles.touchOnly}>
      <Keypad onDigit={(digit) => onText(text + digit)} onErase={() => onText(text.slice(0, -1))} />
    </div>
  );
}
