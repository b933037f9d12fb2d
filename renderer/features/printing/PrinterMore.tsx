import { Checkbox, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Printing.module.css';
import { type DraftField, drawerText, type PrinterDraft, USUAL_COLUMNS } from './printer-draft.ts';

const OTHER = 'other';

/** What most printers need not be told: width of a line, what another make can do, who takes over. */
export function PrinterMore(props: {
  draft: PrinterDraft;
  wrong: readonly DraftField[];
  others: readonly { drawer: number; code: string; name: string }[];
  onDraft: (change: Partial<PrinterDraft>) => void;
}) {
  const { t } = useTranslation();
  const { draft, wrong, others, onDraft } = props;
  const isUsual = USUAL_COLUMNS.includes(draft.columns as never);
  const [ownColumns, setOwnColumns] = useState(!isUsual);
  const isCustom = draft.profile === 'custom';
  const hasWrong = wrong.some((field) => field === 'columns' || field === 'dots' || field === 'codePage');
  const [open, setOpen] = useState(false);
  return (
    <details
      className={styles.more}
      open={open || isCustom || hasWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t('printer.more')}</summary>
      <div className={styles.fields}>
        <SimpleGrid cols={2} spacing="sm">
          <NativeSelect
            label={t('printer.columns')}
            data={[
              ...USUAL_COLUMNS.map((value) => ({ value, label: value })),
              { value: OTHER, label: t('printer.columnsOther') },
            ]}
            value={ownColumns ? OTHER : draft.columns}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              setOwnColumns(chosen === OTHER);
              if (chosen !== OTHER) onDraft({ columns: chosen });
            }}
          />
          {ownColumns && (
            <NumberField
              label={t('printer.columnsOwn')}
              value={draft.columns}
              onChange={(columns) => onDraft({ columns })}
              error={wrong.includes('columns') && t('printer.wrong.columns')}
            />
          )}
        </SimpleGrid>
        {isCustom && <CustomFields draft={draft} wrong={wrong} onDraft={onDraft} />}
        <Checkbox
          label={t('printer.answersStatus')}
          description={t('printer.answersStatusHint')}
          checked={draft.answersStatus}
          onChange={(event) => onDraft({ answersStatus: event.currentTarget.checked })}
        />
        {(others.length > 0 || draft.fallback !== '') && (
          <NativeSelect
            label={t('printer.fallback')}
            description={t('printer.fallbackHint')}
            data={[
              { value: '', label: t('printer.noFallback') },
              ...others.map((other) => ({ value: String(other.drawer), label: drawerText(other) })),
            ]}
            value={draft.fallback}
            onChange={(event) => onDraft({ fallback: event.currentTarget.value })}
          />
        )}
      </div>
    </details>
  );
}

/** What a make that no profile fits can do. */
function CustomFields(props: {
  draft: PrinterDraft;
  wrong: readonly DraftField[];
  onDraft: (change: Partial<PrinterDraft>) => void;
}) {
  const { t } = useTranslation();
  const { draft, wrong, onDraft } = props;
  return (
    <>
      <SimpleGrid cols={3} spacing="sm">
        <NumberField
          label={t('printer.dots')}
          value={draft.dots}
          onChange={(dots) => onDraft({ dots })}
          error={wrong.includes('dots') && t('printer.wrong.dots')}
        />
        <NumberField
          label={t('printer.codePage')}
          value={draft.codePage}
          onChange={(codePage) => onDraft({ codePage })}
          error={wrong.includes('codePage') && t('printer.wrong.codePage')}
        />
        <NativeSelect
          label={t('printer.kickPin')}
          data={['2', '5']}
          value={draft.kickPin}
          onChange={(event) => onDraft({ kickPin: event.currentTarget.value === '5' ? '5' : '2' })}
        />
      </SimpleGrid>
      <Checkbox
        label={t('printer.cut')}
        checked={draft.cut}
        onChange={(event) => onDraft({ cut: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('printer.raster')}
        description={t('printer.rasterHint')}
        checked={draft.raster}
        onChange={(event) => onDraft({ raster: event.currentTarget.checked })}
      />
    </>
  );
}

function NumberField(props: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  error: string | false;
}) {
  return (
    <TextInput
      label={props.label}
      inputMode="numeric"
      autoComplete="off"
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value.replace(/\D/g, '').slice(0, 4))}
      error={props.error}
    />
  );
}
