import { Button, Group, NativeSelect, Progress, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/define.ts';
import { importApply, importRead, MAX_BLOB_BYTES } from '../../../shared/contract/product.ts';
import { vendorList } from '../../../shared/contract/vendor.ts';
import { engine } from '../../engine/client.ts';
import type { Problem } from '../../engine/problem.ts';
import { sendBlob } from '../../engine/send-blob.ts';
import { useCommand } from '../../engine/use-command.ts';
import { useQuery } from '../../engine/use-query.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { notify } from '../../ui/notify.ts';
import { Page } from '../../ui/Page.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import styles from './Import.module.css';
import { ImportPreview } from './ImportPreview.tsx';

type Read = OutputOf<typeof importRead>;

/** A spreadsheet becomes products: chosen or dropped, read and checked by the engine, shown, then applied. */
export function ImportPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const vendors = useQuery(vendorList, { limit: 500 }, ['vendors']).value?.vendors ?? [];
  const [vendor, setVendor] = useState('');
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<number>();
  const [tooLarge, setTooLarge] = useState(false);
  const [sendProblem, setSendProblem] = useState<Problem>();
  const [read, setRead] = useState<Read>();
  const reading = useCommand(importRead);
  const applying = useCommand(importApply);
  const busy = sent !== undefined || reading.busy;

  async function take(chosen: File | undefined, forVendor = vendor): Promise<void> {
    if (!chosen || busy) return;
    setFile(chosen);
    setRead(undefined);
    setSendProblem(undefined);
    setTooLarge(chosen.size > MAX_BLOB_BYTES || chosen.size === 0);
    if (chosen.size > MAX_BLOB_BYTES || chosen.size === 0) return;
    setSent(0);
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    const result = await sendBlob(engine, bytes, setSent);
    setSent(undefined);
    if ('problem' in result) return setSendProblem(result.problem);
    const answer = await reading.run({
      blob: result.sha256,
      ...(forVendor && { vendor: Number(forVendor) }),
    });
    if (answer?.outcome === 'ok') setRead(answer.value);
  }

  async function apply(): Promise<void> {
    if (!read?.prepared) return;
    const answer = await applying.run({ prepared: read.prepared });
    if (answer?.outcome !== 'ok') return;
    const { created, repriced, unchanged } = answer.value;
    notify(t('import.applied', { created, repriced, unchanged }));
    onClose();
  }

  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  useKeys({ Escape: onClose, F2: () => picker.current?.click(), F8: () => void apply() });
  useEffect(() => {
    chooser.current?.focus();
  }, []);

  return (
    <Page
      title={t('import.title')}
      actions={
        <>
          <Button variant="default" onClick={onClose} rightSection={<KeyHint keys="Esc" />}>
            {t('common.back')}
          </Button>
          {read?.prepared && (
            <Button
              onClick={() => void apply()}
              loading={applying.busy}
              rightSection={<KeyHint keys="F8" />}
              aria-keyshortcuts="F8"
            >
              {t('import.apply', { count: read.ready })}
            </Button>
          )}
        </>
      }
    >
      <section
        className={styles.drop}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        aria-label={t('import.choose')}
      >
        <IconFileSpreadsheet size={40} stroke={1.4} aria-hidden />
        <div>
          <strong>{file ? file.name : t('import.dropHere')}</strong>
          <Text c="dimmed" size="sm">
            {t('import.columns')}
          </Text>
        </div>
        <Group>
          <NativeSelect
            aria-label={t('import.vendor')}
            data={[
              { value: '', label: t('import.vendorInSheet') },
              ...vendors.map((entry) => ({
                value: String(entry.vendor),
                label: `${entry.code} · ${entry.name}`,
              })),
            ]}
            value={vendor}
            onChange={(event) => {
              setVendor(event.currentTarget.value);
              void take(file, event.currentTarget.value);
            }}
          />
          <Button
            ref={chooser}
            onClick={() => picker.current?.click()}
            loading={busy}
            rightSection={<KeyHint keys="F2" />}
            aria-keyshortcuts="F2"
          >
            {t('import.choose')}
          </Button>
        </Group>
        <input
          ref={picker}
          type="file"
          accept=".csv,text/csv"
          hidden
          aria-label={t('import.choose')}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            void take(chosen);
            // The same file, corrected, can be chosen again.
            event.currentTarget.value = '';
          }}
        />
      </section>
      {sent !== undefined && file && (
        <Progress value={(sent / Math.max(file.size, 1)) * 100} aria-label={t('import.sending')} />
      )}
      {reading.busy && <Text role="status">{t('import.reading')}</Text>}
      {tooLarge && (
        <WarningBox>{t('import.tooLarge', { megabytes: MAX_BLOB_BYTES / 1024 / 1024 })}</WarningBox>
      )}
      <ProblemBox problem={sendProblem ?? reading.problem ?? applying.problem} />
      {read && <ImportPreview read={read} />}
    </Page>
  );
}
