import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type PaperMm, type PrinterDraft, type Profile, withPaper } from './printer-draft.ts';

const PROFILES: readonly Profile[] = ['simple58', 'epson', 'custom'];

/** How wide the paper is and which make the printer speaks like. */
export function PrinterPaper(props: { draft: PrinterDraft; onDraft: (draft: PrinterDraft) => void }) {
  const { t } = useTranslation();
  const { draft, onDraft } = props;
  return (
    <SimpleGrid cols={2} spacing="sm">
      <NativeSelect
        label={t('printer.paper')}
        data={['58', '80'].map((value) => ({ value, label: `${value} mm` }))}
        value={draft.paper}
        onChange={(event) => onDraft(withPaper(draft, event.currentTarget.value as PaperMm))}
      />
      <NativeSelect
        label={t('printer.profile')}
        data={PROFILES.map((value) => ({ value, label: t(`printer.${value}`) }))}
        value={draft.profile}
        onChange={(event) => onDraft({ ...draft, profile: event.currentTarget.value as Profile })}
      />
    </SimpleGrid>
  );
}
