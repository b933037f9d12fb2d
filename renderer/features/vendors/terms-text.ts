import type { TFunction } from 'i18next';
import type { AgreementTermsView } from '../../../shared/contract/vendor.ts';

/** An agreement in a few words: `potongan 12,5 %` or `harga titip`. */
export function termsText(t: TFunction, terms: AgreementTermsView): string {
  return terms.model === 'percent'
    ? t('vendors.percent', { rate: rateText(terms.rateBps) })
    : t('vendors.netPrice');
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
