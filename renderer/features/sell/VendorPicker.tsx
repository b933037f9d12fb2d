import { TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { vendorSearch } from '../../../shared/contract/vendor.ts';
import { useQuery } from '../../engine/use-query.ts';
import styles from './Dialogs.module.css';

export interface PickedVendor {
  vendor: number;
  code: string;
  name: string;
}

/** As many as fit above the other fields. */
const MAX_SHOWN = 5;
const LIST_ID = 'vendor-choices';

/** Whose goods these are, by typing a part of name or code. Enter takes the chosen one and goes on; it may stay empty. */
export function VendorPicker(props: {
  vendor: PickedVendor | undefined;
  onVendor: (vendor: PickedVendor | undefined) => void;
  onDone: () => void;
  autoFocus: boolean;
}) {
  const { t } = useTranslation();
  const { vendor, onVendor, onDone } = props;
  const [text, setText] = useState(vendor?.code ?? '');
  const [chosen, setChosen] = useState(0);
  const wanted = vendor ? '' : text.trim();
  const found = useQuery(vendorSearch, wanted ? { text: wanted, limit: MAX_SHOWN } : null, ['vendors']);
  const vendors = wanted && found.isCurrent ? (found.value?.vendors ?? []) : [];
  const at = Math.min(chosen, vendors.length - 1);

  function pick(picked: PickedVendor): void {
    onVendor(picked);
    setText(`${picked.code} ${picked.name}`);
    onDone();
  }

  function press(event: KeyboardEvent): void {
    const choice = vendors[at];
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, vendors.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && choice) pick(choice);
    // While the answer is awaited Enter must neither skip the vendor nor take one of another text.
    else if (event.key === 'Enter' && (wanted === '' || isNobody)) onDone();
    else if (event.key !== 'Enter') return;
    event.preventDefault();
  }

  const isNobody = wanted !== '' && found.isCurrent && found.value?.vendors.length === 0;
  const choice = vendors[at];
  return (
    <div className={styles.picker}>
      <TextInput
        label={t('unknown.vendor')}
        placeholder={t('unknown.vendorHint')}
        autoComplete="off"
        maxLength={60}
        data-autofocus={props.autoFocus || undefined}
        value={text}
        rightSection={vendor && <IconCheck size={20} aria-label={t('unknown.vendorChosen')} />}
        error={isNobody ? t('unknown.nobody') : undefined}
        onKeyDown={press}
        onChange={(event) => {
          onVendor(undefined);
          setChosen(0);
          setText(event.currentTarget.value);
        }}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={vendors.length > 0}
        aria-controls={vendors.length > 0 ? LIST_ID : undefined}
        aria-activedescendant={choice && `vendor-${choice.vendor}`}
      />
      {vendors.length > 0 && (
        <div id={LIST_ID} role="listbox" aria-label={t('unknown.vendor')} className={styles.choices}>
          {vendors.map((each, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys choose a row, rows have none of their own
            <div
              key={each.vendor}
              id={`vendor-${each.vendor}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(each)}
            >
              <b className={styles.vendorCode}>{each.code}</b>
              <span className={styles.vendorName}>{each.name}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
