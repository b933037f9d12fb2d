import { Button, Checkbox, Group, SegmentedControl, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { type PrinterView, printerSet, printTest } from '../../../shared/contract/printing.ts';
import { useCommand } from '../../engine/use-command.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { PaperPicture } from './PaperPicture.tsx';
import { PrinterMore } from './PrinterMore.tsx';
import { PrinterPaper } from './PrinterPaper.tsx';
import styles from './Printing.module.css';
import { printProblem } from './PrintJobRow.tsx';
import { draftOf, isSameDraft, type PrinterDraft, printerInput, wrongFields } from './printer-draft.ts';

const RESULT_TONES = { sent: 'good', unconfirmed: 'warn', failed: 'bad' } as const;

/** Where a drawer's printer is and what it can do; a test page that waits for what the printer says, and its picture. */
export function PrinterForm(props: {
  drawer: number;
  /** As it is set up now. */
  known?: PrinterView | null;
  /** Other drawers that have a printer, for when this one fails. */
  others?: readonly { drawer: number; code: string; name: string }[];
  onSaved?: () => void;
  /** Told whether something stands in the form that was not saved. */
  onUnsaved?: (drawer: number, isUnsaved: boolean) => void;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(() => draftOf(props.known));
  const [draft, setDraft] = useState(kept);
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(props.known ? 1 : 0);
  const [result, setResult] = useState<OutputOf<typeof printTest>>();
  const [shown, setShown] = useState(false);
  const save = useCommand(printerSet);
  const test = useCommand(printTest);
  const wrong = tried ? wrongFields(draft) : [];
  const set = (change: Partial<PrinterDraft>) => setDraft((before) => ({ ...before, ...change }));
  const { drawer, onUnsaved } = props;
  const isUnsaved = !isSameDraft(draft, kept);
  useEffect(() => onUnsaved?.(drawer, isUnsaved), [drawer, onUnsaved, isUnsaved]);

  async function saveAndTest(): Promise<void> {
    setTried(true);
    setResult(undefined);
    if (wrongFields(draft).length > 0) return;
    const answer = await save.run(printerInput(drawer, draft));
    if (answer?.outcome !== 'ok') return;
    setKept(draft);
    setSaved((before) => before + 1);
    props.onSaved?.();
    const tested = await test.run({ drawer });
    if (tested?.outcome === 'ok') setResult(tested.value);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void saveAndTest();
      }}
    >
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('printer.via')}
          data={[
            { value: 'tcp', label: t('printer.viaTcp') },
            { value: 'file', label: t('printer.viaFile') },
          ]}
          value={draft.via}
          onChange={(via) => set({ via: via === 'file' ? 'file' : 'tcp' })}
        />
        {draft.via === 'tcp' ? (
          <SimpleGrid cols={2} spacing="sm">
            <TextInput
              label={t('printer.host')}
              placeholder="192.168.1.50"
              value={draft.host}
              onChange={(event) => set({ host: event.currentTarget.value })}
              error={wrong.includes('host') && t(draft.host.trim() ? 'printer.wrong.host' : 'form.required')}
              autoComplete="off"
              autoFocus={props.autoFocus}
            />
            <TextInput
              label={t('printer.port')}
              inputMode="numeric"
              value={draft.port}
              onChange={(event) => set({ port: event.currentTarget.value.replace(/\D/g, '').slice(0, 5) })}
              error={wrong.includes('port') && t('printer.wrong.port')}
            />
          </SimpleGrid>
        ) : (
          <TextInput
            label={t('printer.path')}
            description={t('printer.pathHint')}
            placeholder="\\kasir\EPSON"
            value={draft.path}
            maxLength={500}
            onChange={(event) => set({ path: event.currentTarget.value })}
            error={wrong.includes('path') && t('form.required')}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <PrinterPaper draft={draft} onDraft={setDraft} />
        <Checkbox
          label={t('printer.kick')}
          checked={draft.kick}
          onChange={(event) => set({ kick: event.currentTarget.checked })}
        />
        {draft.via === 'tcp' && (!draft.closes || result?.result === 'unconfirmed') && (
          <Checkbox
            label={t('printer.keepsOpen')}
            description={t('printer.keepsOpenHint')}
            checked={!draft.closes}
            onChange={(event) => set({ closes: !event.currentTarget.checked })}
          />
        )}
        <PrinterMore draft={draft} wrong={wrong} others={props.others ?? []} onDraft={set} />
        <Group>
          <Button
            type="submit"
            variant="light"
            loading={save.busy || test.busy}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t('printer.saveAndTest')}
          </Button>
          {saved > 0 && (
            <Button variant="subtle" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {t(shown ? 'printer.hideTestPage' : 'printer.showTestPage')}
            </Button>
          )}
        </Group>
        <ProblemBox problem={save.problem ?? test.problem} />
        {result && <WarningBox tone={RESULT_TONES[result.result]}>{resultText(t, result)}</WarningBox>}
        {shown && saved > 0 && (
          <div className={styles.testPage}>
            <PaperPicture of={{ of: 'test-page', drawer }} version={saved} />
          </div>
        )}
      </Stack>
    </form>
  );
}

/** What is known of the reason says more than the result alone; silence is what the result says anyway. */
function resultText(t: TFunction, { result, problem }: OutputOf<typeof printTest>): string {
  const isSilent = problem === 'still-open' || problem === 'no-answer';
  if (problem && !(result === 'unconfirmed' && isSilent)) return printProblem(t, problem);
  return t(`printer.result.${result}`);
}
