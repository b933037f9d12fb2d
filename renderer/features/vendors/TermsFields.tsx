import { Group, Radio, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AgreementTerms, AgreementTermsView } from '../../../shared/contract/vendor.ts';
import { formatNumber, parseRupiah } from '../../../shared/domain/money.ts';
import { MoneyInput } from '../../ui/MoneyInput.tsx';
import { rateText, readRate } from './terms-text.ts';

export interface TypedTerms {
  model: AgreementTerms['model'];
  rate: string;
  perUnit: string;
}

export const initialTerms: TypedTerms = { model: 'percent', rate: '', perUnit: '' };

/** What was typed, as an agreement; undefined while it is none. */
export function termsOf({ model, rate, perUnit }: TypedTerms): AgreementTerms | undefined {
  if (model === 'net-price' || model === 'none') return { model };
  if (model === 'fixed') {
    const perUnitRupiah = parseRupiah(perUnit);
    return perUnitRupiah === undefined || perUnitRupiah <= 0 ? undefined : { model, perUnitRupiah };
  }
  const rateBps = readRate(rate);
  return rateBps === undefined ? undefined : { model, rateBps };
}

/** An agreement as it would be typed; own goods have none that could be. */
export function typedTerms(terms: AgreementTermsView | null): TypedTerms {
  if (!terms || terms.model === 'own-goods') return initialTerms;
  return {
    model: terms.model,
    rate: 'rateBps' in terms ? rateText(terms.rateBps) : '',
    perUnit: 'perUnitRupiah' in terms ? formatNumber(terms.perUnitRupiah) : '',
  };
}

const models = [
  ['percent', 'vendors.modelPercent'],
  ['net-price', 'vendors.modelNetPrice'],
  ['fixed', 'vendors.modelFixed'],
  ['margin', 'vendors.modelMargin'],
  ['none', 'vendors.modelNone'],
] as const;

/** How the center and the vendor share, and the figure that belongs to it. */
export function TermsFields(props: {
  value: TypedTerms;
  onChange: (terms: TypedTerms) => void;
  tried: boolean;
}) {
  const { t } = useTranslation();
  const { value, onChange } = props;
  const wrong = props.tried && termsOf(value) === undefined;
  return (
    <Group align="flex-start" gap="xl">
      <Radio.Group
        label={t('vendors.terms')}
        value={value.model}
        onChange={(model) => onChange({ ...value, model: model as TypedTerms['model'] })}
      >
        <Group mt="xs">
          {models.map(([model, label]) => (
            <Radio key={model} value={model} label={t(label)} />
          ))}
        </Group>
      </Radio.Group>
      {(value.model === 'percent' || value.model === 'margin') && (
        <TextInput
          label={t(value.model === 'percent' ? 'vendors.rate' : 'vendors.marginRate')}
          inputMode="decimal"
          rightSection="%"
          w={150}
          value={value.rate}
          onChange={(event) => onChange({ ...value, rate: event.currentTarget.value })}
          error={wrong ? t('vendors.rateWrong') : undefined}
          autoComplete="off"
          withAsterisk
        />
      )}
      {value.model === 'fixed' && (
        <MoneyInput
          label={t('vendors.perUnit')}
          w={180}
          value={value.perUnit}
          onChange={(perUnit) => onChange({ ...value, perUnit })}
          error={wrong ? t('vendors.perUnitWrong') : undefined}
          withAsterisk
        />
      )}
    </Group>
  );
}
