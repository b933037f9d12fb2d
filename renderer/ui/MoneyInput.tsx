import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, parseRupiah } from '../../shared/domain/money.ts';

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string;
  onChange: (text: string) => void;
};

/**
 * A field for rupiah: takes `25000`, `25.000`, `25rb`, and shows it with dots when left. The text is the form's; read
 * it with `parseRupiah`.
 */
export function MoneyInput({ value, onChange, error, ...rest }: Props) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(false);
  const amount = parseRupiah(value);
  const wrong = left && value.trim() !== '' && (amount === undefined || amount < 0);
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="off"
      leftSection="Rp"
      {...rest}
      value={value}
      onChange={(event) => {
        setLeft(false);
        onChange(event.currentTarget.value);
      }}
      onBlur={() => {
        setLeft(true);
        if (amount !== undefined) onChange(formatNumber(amount));
      }}
      error={error ?? (wrong ? t('form.amountWrong') : undefined)}
    />
  );
}
