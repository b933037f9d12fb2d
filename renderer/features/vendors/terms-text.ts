import type { TFunction } from 'i18next';
import type { AgreementTermsView } from '../../../shared/contract/vendor.ts';
import { moneyText } from '../../ui/Money.tsx';

/** An agreement in a few words: `potongan 12,5 %` or `harga titip`. */
export function termsText(t: TFunction, terms: AgreementTermsView): string {
  switch (terms.model) {
    case 'percent':
      return t('vendors.percent', { rate: rateText(terms.rateBps) });
    case 'net-price':
      return t('vendors.netPrice');
    case 'fixed':
      return t('vendors.fixed', { amount: moneyText(terms.perUnitRupiah) });
    case 'margin':
      return t('vendors.margin', { rate: rateText(terms.rateBps) });
    case 'none':
      return t('vendors.noCommission');
    case 'own-goods':
      return t('vendors.ownGoods');
  }
}

/** Basis points as a percentage with a decimal comma: 1250 → `12,5`. */
export function rateText(rateBps: number): string {
  const [whole = '0', decimals = ''] = (rateBps / 100).toFixed(2).split('.');
  const shown = decimals.replace(/0+$/, '');
  return shown ? `${whole},${shown}` : whole;
}

/** Reads `30`, `12,5` or `12.5` percent as basis points, 0 to 10.000; undefined for anything else. */
export function readRate(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
  if (!match) return undefined;
  const rateBps = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return rateBps <= 10_000 ? rateBps : undefined;
}
