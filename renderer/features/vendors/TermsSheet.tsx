import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementSet, type VendorView } from '../../../shared/contract/vendor.ts';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { useCommand } from '../../engine/use-command.ts';
import { notify } from '../../ui/notify.ts';
import { Sheet } from '../../ui/Page.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { TermsFields, termsOf, typedTerms } from './TermsFields.tsx';
import { termsText } from './terms-text.ts';

/** The agreement in force, and a new version of it from today on. */
export function TermsSheet({ vendor }: { vendor: VendorView }) {
  const { t } = useTranslation();
  const { run, busy, problem } = useCommand(agreementSet);
  const [typed, setTyped] = useState(() => typedTerms(vendor.terms));
  const [editing, setEditing] = useState(false);

  async function save(): Promise<void> {
    const terms = termsOf(typed);
    if (!terms) return;
    const answer = await run({ vendor: vendor.vendor, terms });
    if (answer?.outcome !== 'ok') return;
    setEditing(false);
    notify(t('vendors.termsSaved'));
  }

  return (
    <Sheet title={t('vendors.terms')}>
      {vendor.terms ? (
        <Text>
          {termsText(t, vendor.terms)}
          {vendor.termsFrom && isBusinessDay(vendor.termsFrom) && (
            <Text span c="dimmed">
              {' '}
              {t('vendors.since', { day: formatDay(vendor.termsFrom) })}
            </Text>
          )}
          {vendor.termsLevel === 'center' && (
            <Text span c="dimmed">
              {' '}
              {t('vendors.centerTerms')}
            </Text>
          )}
        </Text>
      ) : (
        <WarningBox>{t('vendors.noTermsWarning')}</WarningBox>
      )}
      {editing ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Stack gap="sm" mt="sm">
            <TermsFields value={typed} onChange={setTyped} tried />
            <ProblemBox problem={problem} />
            <Group>
              <Button type="submit" loading={busy}>
                {t('common.save')}
              </Button>
              <Button variant="default" onClick={() => setEditing(false)}>
                {t('common.cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Button variant="light" mt="sm" onClick={() => setEditing(true)}>
          {t('vendors.changeTerms')}
        </Button>
      )}
    </Sheet>
  );
}
