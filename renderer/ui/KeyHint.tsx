import styles from './KeyHint.module.css';

/** The key that does the same, beside the words of a button. Not read aloud: buttons name it by aria-keyshortcuts. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <kbd className={styles.key} aria-hidden>
      {keys}
    </kbd>
  );
}
