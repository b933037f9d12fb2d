import { Group, Radio, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AgreementTermsView } from '../../../shared/contract/vendor.ts';
import { rateText, readRate } from './terms-text.ts';

export interface TypedTerms {
  model: 'percent' | 'net-price';
  rate: string;
}

export const initialTerms: TypedTerms = { model: 'percent', rate: '' };

/** What was typed, as an agreement; undefined while it is none. */
export function termsOf(typed: TypedTerms): AgreementTermsView | undefined {
  if (typed.model === 'net-price') return { model: 'net-price' };
  const rateBps = readRate(typed.rate);
  return rateBps === undefined ? undefined : { model: 'percent', rateBps };
}

export function typedTerms(terms: AgreementTermsView | null): TypedTerms {
  if (terms?.model === 'net-price') return { model: 'net-price', rate: '' };
  return { model: 'percent', rate: terms ? rateText(terms.rateBps) : '' };
}

/** How the center and the vendor share: a percentage of the price, or a fixed price per piece. */
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
          <Radio value="percent" label={t('vendors.modelPercent')} />
          <Radio value="net-price" label={t('vendors.modelNetPrice')} />
        </Group>
      </Radio.Group>
      {value.model === 'percent' && (
        <TextInput
          label={t('vendors.rate')}
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
    </Group>
  );
}
