import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  MAX_QUICK_KEYS,
  type ProductView,
  productSearch,
  quickKeys,
  quickKeysSet,
} from '../../../shared/contract/product.ts';
import { useCommand } from '../../engine/use-command.ts';
import { useQuery } from '../../engine/use-query.ts';
import { ChoiceField } from '../../ui/ChoiceField.tsx';
import { isPressed, useChoice } from '../../ui/choice.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './Labels.module.css';
import { added, moved, without } from './quick-order.ts';

const MAX_FOUND = 30;
const LIST = 'quick-keys';
const NONE: readonly ProductView[] = [];

/** Which goods stand on the till's quick keys, in which order. Typing finds goods, Enter puts one at the end. */
export function QuickKeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const known = useQuery(quickKeys, {}, ['products']);
  const { run, busy, problem } = useCommand(quickKeysSet);
  const [changed, setChanged] = useState<readonly ProductView[]>();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const found = useQuery(productSearch, wanted ? { text: wanted, limit: MAX_FOUND } : null, ['products']);
  const order = changed ?? (known.value?.chosen ? known.value.products : NONE);
  const shown = wanted ? (found.value?.products ?? NONE) : order;
  const choice = useChoice(shown, productId);
  const { item } = choice;
  const isFull = order.length >= MAX_QUICK_KEYS;

  function add(product: ProductView): void {
    setChanged(added(order, product, MAX_QUICK_KEYS));
    setText('');
  }

  async function save(): Promise<void> {
    const answer = await run({ products: order.map(productId) });
    if (answer?.outcome !== 'ok') return;
    notify(t('quick.saved'));
    onClose();
  }

  const enter = () => (wanted ? item && !isFull && add(item) : void save());
  const whenListed = (act: (product: ProductView) => readonly ProductView[]) => {
    if (wanted || !item) return false;
    setChanged(act(item));
    return true;
  };
  const move = (step: 1 | -1) => whenListed((product) => moved(order, product, step));
  const remove = () => whenListed((product) => without(order, product));
  useKeys({
    ...choice.keys,
    'Alt+ArrowUp': () => move(-1),
    'Alt+ArrowDown': () => move(1),
    Delete: remove,
    Enter: (event) => (isPressed(event) ? false : void enter()),
  });

  return (
    <Dialog
      title={t('quick.title')}
      size="46rem"
      onClose={onClose}
      unsaved={changed !== undefined}
      mustAnswer={busy}
    >
      {(close) => (
        <div className={styles.quick}>
          <ChoiceField
            label={t('quick.find')}
            placeholder={t('products.search')}
            text={text}
            onText={setText}
            maxLength={60}
            list={{
              id: LIST,
              label: t(wanted ? 'till.results' : 'quick.order'),
              items: shown,
              keyOf: productId,
              choice,
              row: (product) => (
                <Row product={product} place={wanted ? undefined : order.indexOf(product) + 1} />
              ),
            }}
          />
          {wanted && found.value && shown.length === 0 && <Text>{t('till.nothingFound')}</Text>}
          {!wanted && order.length === 0 && known.value && (
            <div>
              <Text mb="xs">{t('quick.none')}</Text>
              {!known.value.chosen && known.value.products.length > 0 && (
                <Button variant="default" onClick={() => setChanged(known.value?.products)}>
                  {t('quick.fromSales')}
                </Button>
              )}
            </div>
          )}
          {isFull && <Text>{t('quick.full', { count: MAX_QUICK_KEYS })}</Text>}
          <ProblemBox problem={problem ?? known.problem} />
          <Group justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              {!wanted && item && <OrderButtons onMove={move} onRemove={remove} />}
            </Group>
            <Group gap="xs" wrap="nowrap">
              <Button variant="default" onClick={close} rightSection={<KeyHint keys="Esc" />}>
                {t('common.cancel')}
              </Button>
              <Button
                loading={busy}
                disabled={wanted ? !item || isFull : !known.value}
                onClick={() => void enter()}
                rightSection={<KeyHint keys="Enter" />}
              >
                {t(wanted ? 'quick.add' : 'common.save')}
              </Button>
            </Group>
          </Group>
        </div>
      )}
    </Dialog>
  );
}

/** What can be done with the chosen key. */
function OrderButtons(props: { onMove: (step: 1 | -1) => void; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Button variant="default" onClick={() => props.onMove(-1)} rightSection={<KeyHint keys="Alt ↑" />}>
        {t('quick.up')}
      </Button>
      <Button variant="default" onClick={() => props.onMove(1)} rightSection={<KeyHint keys="Alt ↓" />}>
        {t('quick.down')}
      </Button>
      <Button variant="default" onClick={props.onRemove} rightSection={<KeyHint keys="Del" />}>
        {t('quick.remove')}
      </Button>
    </>
  );
}

function Row({ product, place }: { product: ProductView; place: number | undefined }) {
  return (
    <div className={styles.row}>
      <span className={styles.place}>{place}</span>
      <span className={styles.name}>{product.name}</span>
      <span className={styles.price}>{moneyText(product.priceRupiah)}</span>
    </div>
  );
}

function productId({ product }: ProductView): number {
  return product;
}
