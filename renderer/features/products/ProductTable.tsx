import { Button } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ProductView } from '../../../shared/contract/product.ts';
import { formatQty, qty } from '../../../shared/domain/quantity.ts';
import { moneyText } from '../../ui/Money.tsx';
import table from '../../ui/table.module.css';

/** Products in rows; the name opens the price. */
export function ProductTable(props: {
  products: ProductView[];
  onPrice: (product: ProductView) => void;
  onLabels: (product: ProductView) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={table.frame}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('products.code')}</th>
            <th scope="col">{t('products.name')}</th>
            <th scope="col">{t('products.vendor')}</th>
            <th scope="col" className={table.number}>
              {t('products.onHand')}
            </th>
            <th scope="col" className={table.number}>
              {t('products.netPrice')}
            </th>
            <th scope="col" className={table.number}>
              {t('products.price')}
            </th>
            <th scope="col">{t('labels.column')}</th>
          </tr>
        </thead>
        <tbody>
          {props.products.map((product) => (
            <tr key={product.product}>
              <td>{product.barcodes[0] ?? '–'}</td>
              <td>
                <button type="button" className={table.rowLink} onClick={() => props.onPrice(product)}>
                  {product.name}
                </button>
              </td>
              <td className={`${table.dim} ${table.whole}`}>
                {product.vendorCode} <span className={table.spare}>{product.vendorName}</span>
              </td>
              <td className={table.number}>
                {formatQty(qty(product.onHandQty))} {product.unit}
                {product.expiredQty > 0 && (
                  <>
                    {/* On a line of its own: beside the figure it takes the room of the names. */}
                    <br />
                    <span className={table.dim}>
                      ({t('products.expired', { quantity: formatQty(qty(product.expiredQty)) })})
                    </span>
                  </>
                )}
              </td>
              <td className={table.number}>
                {product.netPriceRupiah === null ? '–' : moneyText(product.netPriceRupiah)}
              </td>
              <td className={`${table.number} ${table.strong}`}>{moneyText(product.priceRupiah)}</td>
              <td>
                <Button
                  size="compact-md"
                  variant="default"
                  aria-label={t('labels.of', { name: product.name })}
                  onClick={() => props.onLabels(product)}
                >
                  <IconTag size={16} aria-hidden />
                  <span className={table.spare}>&nbsp;{t('labels.button')}</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
