import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatQty, ONE, qty } from '../../../shared/domain/quantity.ts';
import { type BasketLine, basket, grossRupiah, lineRupiah } from '../../stores/basket.ts';
import { moneyText } from '../../ui/Money.tsx';
import { LineNotes } from './LineNotes.tsx';
import { removeLine, stepQty } from './line-actions.ts';
import styles from './Till.module.css';

/** Letters that stand beside the buttons of the chosen line at a narrow till; a longer name gets the width of the line. */
const SHORT_NAME_LENGTH = 24;

const keepFocus = (event: { preventDefault(): void }) => event.preventDefault();

/** One line: what, how many at which price, what it comes to, and whatever is special about it. */
export const CartLine = memo(function CartLine(props: {
  line: BasketLine;
  index: number;
  isChosen: boolean;
  /** What the book has, thousandths, where the basket holds more. */
  bookQty: number | undefined;
  onQty: () => void;
  itemRef?: React.Ref<HTMLLIElement> | undefined;
}) {
  const { line, index, isChosen } = props;
  const isMoving = basket((state) => state.moving !== undefined);
  const count = formatQty(qty(line.qty));
  const gross = grossRupiah(line);
  const net = lineRupiah(line);
  return (
    <li
      className={styles.line}
      aria-current={isChosen}
      data-long={line.name.length > SHORT_NAME_LENGTH || undefined}
      ref={props.itemRef}
    >
      <span className={styles.index}>{index + 1}</span>
      <button
        type="button"
        tabIndex={-1}
        className={styles.pick}
        onMouseDown={keepFocus}
        onClick={() => basket.getState().select(index)}
      >
        <span className={styles.name}>{line.name || ('unknownCode' in line && line.unknownCode)}</span>
        <span className={styles.detail}>
          {count} {line.unit} × {moneyText(line.priceRupiah)}
          {line.vendorCode && (
            <>
              {' · '}
              <span>{line.vendorCode}</span>
            </>
          )}
        </span>
        <LineNotes line={line} bookQty={props.bookQty} />
      </button>
      {isChosen && !isMoving ? (
        <Quantity line={line} index={index} count={count} onQty={props.onQty} />
      ) : (
        <span className={styles.quantity}>
          <span className={styles.count}>{count}</span>
        </span>
      )}
      <span className={styles.amount}>
        {net !== gross && <s>{moneyText(gross)}</s>}
        {moneyText(net)}
      </span>
    </li>
  );
});

/** For a hand without keys: less, more, another number, away with it. */
function Quantity(props: { line: BasketLine; index: number; count: string; onQty: () => void }) {
  const { t } = useTranslation();
  const { index, count, onQty } = props;
  const button = (label: string, run: () => void, content: React.ReactNode, className?: string) => (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      className={className}
      onMouseDown={keepFocus}
      onClick={run}
    >
      {content}
    </button>
  );
  return (
    <span className={styles.quantity}>
      {button(t('till.remove'), () => removeLine(index), <IconTrash size={20} aria-hidden />)}
      {button(t('till.less'), () => stepQty(index, -ONE), <IconMinus size={20} aria-hidden />)}
      {button(t('till.setQty', { quantity: count }), onQty, count, styles.count)}
      {button(t('till.more'), () => stepQty(index, ONE), <IconPlus size={20} aria-hidden />)}
    </span>
  );
}
