import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { type Ref, useState } from 'react';

type Props = Omit<PasswordInputProps, 'value' | 'onChange'> & {
  value: string;
  onChange: (pin: string) => void;
  inputRef?: Ref<HTMLInputElement>;
};

/** A field for a PIN: digits only, at most 12, hidden, never offered to a password store. */
export function PinField({ value, onChange, inputRef, ...rest }: Props) {
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      inputMode="numeric"
      autoComplete="off"
      maxLength={12}
      visibilityToggleButtonProps={{ tabIndex: -1, 'aria-hidden': true }}
      visible={visible}
      onVisibilityChange={setVisible}
      {...rest}
      ref={inputRef}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
    />
  );
}
