import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PrinterView, printerSet, printTest } from '../../../shared/contract/printing.ts';
import { useCommand } from '../../engine/use-command.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';

const DEFAULT_PORT = '9100';
const RESULT_TONES = { sent: 'good', unconfirmed: 'warn', failed: 'bad' } as const;

/** Where a drawer's printer is, and a test page that waits for what the printer says. */
export function PrinterForm(props: {
  drawer: number;
  /** As it is set up now. */
  known?: PrinterView | null;
  onSaved?: () => void;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  const known = props.known?.address.kind === 'tcp' ? props.known.address : undefined;
  const [host, setHost] = useState(known?.host ?? '');
  const [port, setPort] = useState(String(known?.port ?? DEFAULT_PORT));
  const [paper, setPaper] = useState<'58' | '80'>(props.known?.paperMm === 80 ? '80' : '58');
  const [profile, setProfile] = useState<'simple58' | 'epson'>(
    props.known?.profile === 'epson' ? 'epson' : 'simple58',
  );
  const [kick, setKick] = useState(props.known?.kick ?? true);
  const [keepsOpen, setKeepsOpen] = useState(known?.closesAfterJob === false);
  const [tried, setTried] = useState(false);
  const [result, setResult] = useState<'sent' | 'unconfirmed' | 'failed'>();
  const save = useCommand(printerSet);
  const test = useCommand(printTest);

  async function saveAndTest(): Promise<void> {
    setTried(true);
    setResult(undefined);
    if (!host.trim()) return;
    const answer = await save.run({
      drawer: props.drawer,
      address: {
        kind: 'tcp',
        host: host.trim(),
        port: Number(port) || Number(DEFAULT_PORT),
        closesAfterJob: !keepsOpen,
      },
      paperMm: paper === '58' ? 58 : 80,
      profile,
      kick,
    });
    if (answer?.outcome !== 'ok') return;
    props.onSaved?.();
    const tested = await test.run({ drawer: props.drawer });
    if (tested?.outcome === 'ok') setResult(tested.value.result);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void saveAndTest();
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t('printer.host')}
            placeholder="192.168.1.50"
            value={host}
            onChange={(event) => setHost(event.currentTarget.value)}
            error={tried && !host.trim() ? t('form.required') : undefined}
            autoComplete="off"
            autoFocus={props.autoFocus}
          />
          <TextInput
            label={t('printer.port')}
            inputMode="numeric"
            value={port}
            onChange={(event) => setPort(event.currentTarget.value.replace(/\D/g, '').slice(0, 5))}
          />
          <NativeSelect
            label={t('printer.paper')}
            data={['58', '80'].map((value) => ({ value, label: `${value} mm` }))}
            value={paper}
            onChange={(event) => setPaper(event.currentTarget.value as '58' | '80')}
          />
          <NativeSelect
            label={t('printer.profile')}
            data={[
              { value: 'simple58', label: t('printer.simple58') },
              { value: 'epson', label: t('printer.epson') },
            ]}
            value={profile}
            onChange={(event) => setProfile(event.currentTarget.value as 'simple58' | 'epson')}
          />
        </SimpleGrid>
        <Checkbox
          label={t('printer.kick')}
          checked={kick}
          onChange={(event) => setKick(event.currentTarget.checked)}
        />
        {(keepsOpen || result === 'unconfirmed') && (
          <Checkbox
            label={t('printer.keepsOpen')}
            description={t('printer.keepsOpenHint')}
            checked={keepsOpen}
            onChange={(event) => setKeepsOpen(event.currentTarget.checked)}
          />
        )}
        <Group>
          <Button
            type="submit"
            variant="light"
            loading={save.busy || test.busy}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t('printer.saveAndTest')}
          </Button>
        </Group>
        <ProblemBox problem={save.problem ?? test.problem} />
        {result && <WarningBox tone={RESULT_TONES[result]}>{t(`printer.result.${result}`)}</WarningBox>}
      </Stack>
    </form>
  );
}
