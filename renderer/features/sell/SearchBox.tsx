import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProductView, productSearch } from '../../../shared/contract/product.ts';
import { formatQty, ONE, parseQty, qty } from '../../../shared/domain/quantity.ts';
import { engine } from '../../engine/client.ts';
import { useQuery } from '../../engine/use-query.ts';
import { basket } from '../../stores/basket.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { moneyText } from '../../ui/Money.tsx';
import { KeyLegend } from './KeyLegend.tsx';
import styles from './Till.module.css';

const MAX_RESULTS = 30;

/** Finds goods by any part of name, vendor or code while typing. Arrows choose, Enter adds; `3*` multiplies. */
export function SearchBox(props: {
  inputRef: RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string) => void;
  onPick: (product: ProductView) => void;
  onCode: (code: string) => Promise<boolean>;
  onUnknown: (code: string) => void;
}) {
  const { t } = useTranslation();
  const { text, onText, onPick } = props;
  const wanted = text.trim();
  const found = useQuery(productSearch, wanted ? { text: wanted, limit: MAX_RESULTS } : null, ['products']);
  const products = (wanted && found.value?.products) || [];
  const multiplier = basket((state) => state.multiplier);
  const [chosen, setChosen] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, another list
  useEffect(() => setChosen(0), [wanted]);

  function type(next: string): void {
    const quantity = /^[\d.,]+[*x×]$/i.test(next) ? parseQty(next.slice(0, -1)) : undefined;
    if (quantity) {
      basket.getState().setMultiplier(quantity);
      onText('');
    } else onText(next);
  }

  async function enter(): Promise<void> {
    // A moved choice is meant; otherwise what was typed may be a whole code.
    const product = products[chosen];
    if (chosen > 0 && product) return onPick(product);
    if (/^[A-Za-z0-9./-]{1,40}$/.test(wanted) && (await props.onCode(wanted))) return;
    // The list may still be that of a shorter text: what is added must come of what was typed.
    const answer = await engine.call(productSearch, { text: wanted, limit: MAX_RESULTS });
    const first = answer.outcome === 'ok' ? answer.value.products[0] : undefined;
    if (first) onPick(first);
    else if (answer.outcome === 'ok') props.onUnknown(wanted);
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      onText('');
      basket.getState().setMultiplier(ONE);
    } else if (wanted && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const next = chosen + (event.key === 'ArrowDown' ? 1 : -1);
      setChosen(Math.min(Math.max(next, 0), Math.max(products.length - 1, 0)));
    } else if (wanted && event.key === 'Enter') {
      void enter();
    } else return;
    event.preventDefault();
  }

  return (
    <>
      <div className={styles.search}>
        <TextInput
          ref={props.inputRef}
          size="md"
          aria-label={t('till.search')}
          placeholder={t('till.searchHint')}
          leftSection={<IconSearch size={20} aria-hidden />}
          rightSection={<KeyHint keys="F2" />}
          aria-keyshortcuts="F2"
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={press}
          role="combobox"
          aria-expanded={products.length > 0}
          aria-controls="till-results"
          aria-activedescendant={products[chosen] ? `result-${products[chosen].product}` : undefined}
        />
      </div>
      {multiplier !== ONE && (
        <span className={styles.multiplier} role="status">
          {formatQty(qty(multiplier))} × {t('till.nextItem')}
        </span>
      )}
      <div className={styles.results}>
        {wanted ? (
          <Results
            products={products}
            chosen={chosen}
            onPick={onPick}
            none={!found.asking && products.length === 0}
          />
        ) : (
          <KeyLegend />
        )}
      </div>
    </>
  );
}

function Results(props: {
  products: ProductView[];
  chosen: number;
  onPick: (product: ProductView) => void;
  none: boolean;
}) {
  const { t } = useTranslation();
  if (props.none) return <p>{t('till.nothingFound')}</p>;
  return (
    <div id="till-results" role="listbox" aria-label={t('till.results')}>
      {props.products.map((product, index) => (
        <div
          key={product.product}
          id={`result-${product.product}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === props.chosen}
          className={styles.result}
          ref={index === props.chosen ? scrollNear : undefined}
          onPointerDown={(event) => {
            // The search field keeps the focus: the till stays ready for a scan.
            event.preventDefault();
            props.onPick(product);
          }}
        >
          <span className={styles.name}>{product.name}</span>
          <strong>{moneyText(product.priceRupiah)}</strong>
          <span className={styles.detail}>
            {product.vendorCode} {product.vendorName}
          </span>
          <span className={styles.detail}>
            {t('till.left', { quantity: formatQty(qty(product.onHandQty)) })}
          </span>
        </div>
      ))}
    </div>
  );
}

function scrollNear(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
