import { Button, Group, Select, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intakeConfirm } from '../../../shared/contract/intake.ts';
import { type ProductView, productByCode, productList } from '../../../shared/contract/product.ts';
import { vendorList } from '../../../shared/contract/vendor.ts';
import { ONE } from '../../../shared/domain/quantity.ts';
import { engine } from '../../engine/client.ts';
import type { Problem } from '../../engine/problem.ts';
import { useCommand } from '../../engine/use-command.ts';
import { useQuery } from '../../engine/use-query.ts';
import { beepUnknown } from '../../ui/beep.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { notify } from '../../ui/notify.ts';
import { Page, Sheet } from '../../ui/Page.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { useScans } from '../../ui/use-scans.ts';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { IntakeHistory } from './IntakeHistory.tsx';
import { IntakeLines } from './IntakeLines.tsx';
import { type IntakeLine, isLineText, readLine } from './intake-line.ts';

/** A delivery: vendor, goods by scan or search, quantity, date of expiry as it stands on the package. */
export function IntakePage() {
  const { t } = useTranslation();
  const vendors = useQuery(vendorList, { limit: 500 }, ['vendors']).value?.vendors ?? [];
  const [vendor, setVendor] = useState<string | null>(null);
  const [lines, setLines] = useState<IntakeLine[]>([]);
  const [note, setNote] = useState('');
  const [text, setText] = useState('');
  const [unknown, setUnknown] = useState<string>();
  const [wrongVendor, setWrongVendor] = useState<Problem>();
  const [focusLine, setFocusLine] = useState<number>();
  const [tried, setTried] = useState(false);
  const { run, busy, problem, clear } = useCommand(intakeConfirm);
  const search = useRef<HTMLInputElement>(null);
  const vendorField = useRef<HTMLInputElement>(null);
  const options = vendors.map((entry) => ({
    value: String(entry.vendor),
    label: `${entry.code} · ${entry.name}`,
  }));
  const vendorId = vendor ? Number(vendor) : undefined;
  const products =
    useQuery(productList, vendorId ? { vendor: vendorId, limit: 500 } : null, ['products']).value?.products ??
    [];
  const wanted = text.trim().toLowerCase();
  const found = wanted
    ? products
        .filter((entry) => `${entry.name} ${entry.barcodes.join(' ')}`.toLowerCase().includes(wanted))
        .slice(0, 8)
    : [];
  useUnsaved(lines.length > 0);
  // A scan in the middle of a line begins the next one; a date or a quantity typed fast is none. Before a vendor is
  // chosen it is the vendor's own code, and the vendor field takes it as if it was typed.
  useScans(search, (code) => void takeScan(code), {
    isScan: (code, field) => vendorId !== undefined && !isLineText(code) && !isLineText(field),
  });
  useKeys({ F2: () => search.current?.focus(), F8: () => void confirm() });
  // The next thing to type: first whose goods, then which; after a delivery was taken, whose again.
  useEffect(() => {
    if (vendorId) search.current?.focus();
    else vendorField.current?.focus();
  }, [vendorId]);

  function add(product: ProductView): void {
    setText('');
    setUnknown(undefined);
    setWrongVendor(undefined);
    clear();
    if (product.vendor !== vendorId) {
      setWrongVendor({ kind: 'rejected', name: 'wrong-vendor', details: { product: product.name } });
      beepUnknown();
      return;
    }
    const key = Date.now();
    setLines((before) => [...before, { key, product, quantity: '', expires: '' }]);
    setFocusLine(key);
  }

  /** The list may lose its highlight while it fills; Enter then means the first vendor that fits what was typed. */
  function firstVendor(field: HTMLInputElement): string | undefined {
    const typed = field.value.trim().toLowerCase();
    if (typed === '' || field.getAttribute('aria-activedescendant')) return undefined;
    return options.find(({ label }) => label.toLowerCase().includes(typed))?.value;
  }

  async function productOf(code: string): Promise<ProductView | undefined> {
    const exact = products.find((entry) => entry.barcodes.includes(code));
    if (exact) return exact;
    const answer = await engine.call(productByCode, { code });
    return (answer.outcome === 'ok' && answer.value.product) || undefined;
  }

  function addOrTell(product: ProductView | undefined, code: string): void {
    if (product) return add(product);
    setUnknown(code);
    beepUnknown();
  }

  async function takeTyped(): Promise<void> {
    const typed = text.trim();
    if (typed) addOrTell((await productOf(typed)) ?? found[0], typed);
  }

  async function takeScan(code: string): Promise<void> {
    const typedBefore = search.current?.value.trim() ?? '';
    setText('');
    // A computer that stutters tears a scan in two; its beginning then stands in the field as if it was typed.
    const joined = typedBefore === '' ? undefined : await productOf(typedBefore + code);
    addOrTell(joined ?? (await productOf(code)), code);
  }

  async function confirm(): Promise<void> {
    setTried(true);
    const read = lines.map(readLine);
    const ready = read.filter((line) => line !== undefined);
    if (!vendorId || lines.length === 0 || ready.length !== lines.length) return;
    const answer = await run({ vendor: vendorId, lines: ready, ...(note.trim() && { note }) });
    if (answer?.outcome !== 'ok') return;
    const pieces = ready.reduce((sum, line) => sum + line.qty, 0) / ONE;
    notify(t('intake.saved', { number: answer.value.number, pieces }));
    setLines([]);
    setNote('');
    setVendor(null);
    setTried(false);
  }

  return (
    <Page
      title={t('section.intake')}
      actions={
        <Button
          onClick={() => void confirm()}
          loading={busy}
          disabled={lines.length === 0}
          rightSection={<KeyHint keys="F8" />}
          aria-keyshortcuts="F8"
        >
          {t('intake.confirm', { count: lines.length })}
        </Button>
      }
    >
      <Sheet>
        <Group align="flex-start" grow>
          <Select
            ref={vendorField}
            label={t('intake.vendor')}
            placeholder={t('intake.vendorHint')}
            data={options}
            value={vendor}
            onChange={setVendor}
            onKeyDown={(event) => {
              const chosen = event.key === 'Enter' && firstVendor(event.currentTarget);
              if (chosen) setVendor(chosen);
            }}
            disabled={lines.length > 0}
            searchable
            selectFirstOptionOnChange
            nothingFoundMessage={t('till.nothingFound')}
          />
          <TextInput
            ref={search}
            label={t('intake.product')}
            placeholder={t('intake.productHint')}
            rightSection={<KeyHint keys="F2" />}
            value={text}
            disabled={!vendorId}
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              void takeTyped();
            }}
          />
        </Group>
        {found.length > 0 && (
          <Group mt="sm" gap="xs">
            {found.map((product) => (
              <Button key={product.product} variant="default" size="compact-md" onClick={() => add(product)}>
                {product.name}
              </Button>
            ))}
          </Group>
        )}
      </Sheet>
      {unknown && <WarningBox tone="bad">{t('intake.unknown', { code: unknown })}</WarningBox>}
      <ProblemBox problem={wrongVendor ?? problem} />
      {lines.length > 0 ? (
        <>
          <IntakeLines
            lines={lines}
            onLines={setLines}
            focusKey={focusLine}
            tried={tried}
            onLineDone={() => search.current?.focus()}
          />
          <TextInput
            label={t('intake.note')}
            value={note}
            maxLength={200}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      ) : (
        <IntakeHistory />
      )}
    </Page>
  );
}
