import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductView } from '../../../shared/contract/product.ts';
import { formatQty, ONE, parseQty, qty } from '../../../shared/domain/quantity.ts';
import { basket } from '../../stores/basket.ts';
import { useBounce } from '../../ui/bounce.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { readMultiplied } from '../../ui/scanner.ts';
import { KeyLegend } from './KeyLegend.tsx';
import { QuickKeys } from './QuickKeys.tsx';
import { RESULTS_ID, Results, resultId } from './Results.tsx';
import styles from './Till.module.css';
import { useSearch } from './use-search.ts';
import { useTyping } from './use-typing.ts';

/** Rows that PageUp and PageDown move by: about what is in sight. */
const PAGE_ROWS = 6;

/** Finds goods by any part of name, vendor or code while typing; quick keys while nothing is typed. `3*` multiplies. */
export function SearchPane(props: {
  inputRef: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
  /** Enter on a text whose list nobody has looked through. */
  onTyped: (text: string) => void;
  onPick: (product: ProductView) => void;
}) {
  const { t } = useTranslation();
  const { text, onText, onPick } = props;
  const typing = useTyping(text);
  const typed = text.trim();
  const search = useSearch(typing.wanted, typed);
  const { wanted, products, chosen } = search;
  const multiplier = basket((state) => state.multiplier);
  const isMany = multiplier !== ONE;
  const bounce = useBounce();
  // Quick keys stand where the list was: the second click of a double one must not add what lies under it now.
  const pickQuick = useCallback(
    (product: ProductView) => {
      if (!bounce.isOn()) onPick(product);
    },
    [bounce, onPick],
  );
  function pickResult(product: ProductView): void {
    bounce.mark();
    onPick(product);
  }

  function type(next: string): void {
    const { multiplier: times, code } = readMultiplied(next);
    const quantity = times === undefined ? undefined : parseQty(times);
    if (quantity) basket.getState().setMultiplier(quantity);
    const rest = quantity ? code : next;
    onText(rest);
    typing.changed(rest);
  }

  function enter(): void {
    // A moved choice is meant; otherwise what was typed may be a whole code.
    const product = products[chosen];
    if (search.moved && product) onPick(product);
    else props.onTyped(typed);
  }

  function press(event: KeyboardEvent): void {
    typing.key(event.key, event.timeStamp);
    const step = wanted === '' ? undefined : stepOf(event.key, products.length);
    if (event.key === 'Escape') {
      onText('');
      basket.getState().setMultiplier(ONE);
    } else if (step !== undefined) search.choose(chosen + step);
    else if (typed !== '' && event.key === 'Enter') enter();
    else return;
    event.preventDefault();
  }

  const chosenProduct = products[chosen];
  return (
    <>
      <div className={styles.search}>
        {isMany ? <Multiplier quantity={multiplier} /> : <IconSearch size={20} aria-hidden />}
        {/* Not Mantine's field, which takes half a frame of every key that is typed here. */}
        <input
          ref={props.inputRef}
          type="text"
          aria-label={t('till.search')}
          placeholder={t('till.searchHint')}
          aria-keyshortcuts="F2"
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={press}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={products.length > 0}
          aria-controls={products.length > 0 ? RESULTS_ID : undefined}
          aria-activedescendant={chosenProduct && resultId(chosenProduct)}
        />
        <KeyHint keys="F2" />
      </div>
      {/* Whatever is touched in here, the field keeps the focus. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: nothing happens here but that the focus stays */}
      <div className={styles.middle} onMouseDown={(event) => event.preventDefault()}>
        {wanted === '' ? (
          <QuickKeys onPick={pickQuick} />
        ) : (
          <>
            <ProblemBox problem={search.problem} />
            <Results search={search} onPick={pickResult} />
          </>
        )}
      </div>
      <KeyLegend of={wanted === '' ? 'lines' : 'results'} />
    </>
  );
}

/** How far a key moves the choice, or undefined for a key that does not.. */
function stepOf(key: string, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return PAGE_ROWS;
    case 'PageUp':
      return -PAGE_ROWS;
    case 'Home':
      return -count;
    case 'End':
      return count;
    default:
      return undefined;
  }
}

/** How many of the next item, where the eyes are when it is scanned or sought. */
function Multiplier({ quantity }: { quantity: number }) {
  const { t } = useTranslation();
  return (
    <span
      className={styles.multiplier}
      role="status"
      aria-label={`${formatQty(qty(quantity))} × ${t('till.nextItem')}`}
    >
      {formatQty(qty(quantity))} ×
    </span>
  );
}
