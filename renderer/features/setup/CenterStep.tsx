import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centerCreate } from '../../../shared/contract/center.ts';
import { authSignIn } from '../../../shared/contract/people.ts';
import { useCommand } from '../../engine/use-command.ts';
import { session } from '../../stores/session.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { PinField } from '../../ui/PinField.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './SetupWizard.module.css';

const zones = [
  { value: '420', label: 'WIB (UTC+7)' },
  { value: '480', label: 'WITA (UTC+8)' },
  { value: '540', label: 'WIT (UTC+9)' },
];

const emptyForm = {
  name: '',
  address: '',
  operator: '',
  zone: '420',
  username: 'admin',
  adminName: '',
  pin: '',
  pinAgain: '',
};

/** Names the center and its first administrator, and signs that person in. Gives the till's drawer on. */
export function CenterStep({ onDone }: { onDone: (drawer: number) => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(emptyForm);
  const [tried, setTried] = useState(false);
  const [drawer, setDrawer] = useState<number>();
  const create = useCommand(centerCreate);
  const signIn = useCommand(authSignIn);
  const set = (field: keyof typeof emptyForm) => (value: string) =>
    setForm((before) => ({ ...before, [field]: value }));
  const missing = (value: string) => (tried && !value.trim() ? t('form.required') : undefined);
  const pinsDiffer = form.pin !== form.pinAgain;
  const complete = [form.name, form.username, form.adminName, form.pin].every((value) => value.trim() !== '');

  async function enter(tillDrawer: number): Promise<void> {
    const answer = await signIn.run({ username: form.username, pin: form.pin });
    if (answer?.outcome !== 'ok') return;
    session.getState().started(answer.value.token, answer.value.user);
    onDone(tillDrawer);
  }

  async function save(): Promise<void> {
    setTried(true);
    if (!complete || pinsDiffer) return;
    // The center may exist already when only the sign-in failed.
    if (drawer !== undefined) return enter(drawer);
    const answer = await create.run({
      name: form.name,
      ...(form.address.trim() && { address: form.address }),
      ...(form.operator.trim() && { operator: form.operator }),
      utcOffsetMinutes: Number(form.zone) as 420 | 480 | 540,
      admin: { username: form.username, name: form.adminName, pin: form.pin },
    });
    if (answer?.outcome !== 'ok') return;
    setDrawer(answer.value.drawer);
    await enter(answer.value.drawer);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{t('setup.center.title')}</h2>
      <p className={styles.lead}>{t('setup.center.lead')}</p>
      <div className={styles.columns}>
        <TextInput
          className={styles.wideField}
          label={t('setup.center.name')}
          placeholder={t('setup.center.nameExample')}
          value={form.name}
          onChange={(event) => set('name')(event.currentTarget.value)}
          error={missing(form.name)}
          maxLength={60}
          withAsterisk
          autoFocus
        />
        <TextInput
          label={t('setup.center.address')}
          value={form.address}
          onChange={(event) => set('address')(event.currentTarget.value)}
          maxLength={120}
        />
        <TextInput
          label={t('setup.center.operator')}
          value={form.operator}
          onChange={(event) => set('operator')(event.currentTarget.value)}
          maxLength={80}
        />
        <Select
          label={t('setup.center.zone')}
          data={zones}
          value={form.zone}
          onChange={(value) => set('zone')(value ?? '420')}
          allowDeselect={false}
          className={styles.wideField}
        />
        <TextInput
          label={t('people.username')}
          description={t('people.usernameHint')}
          value={form.username}
          onChange={(event) => set('username')(event.currentTarget.value.toLowerCase())}
          error={missing(form.username)}
          maxLength={30}
          autoComplete="off"
          withAsterisk
        />
        <TextInput
          label={t('people.fullName')}
          description={t('people.fullNameHint')}
          value={form.adminName}
          onChange={(event) => set('adminName')(event.currentTarget.value)}
          error={missing(form.adminName)}
          maxLength={80}
          autoComplete="off"
          withAsterisk
        />
        <PinField
          label={t('people.pin')}
          description={t('people.pinHint')}
          value={form.pin}
          onChange={set('pin')}
          error={missing(form.pin)}
          withAsterisk
        />
        <PinField
          label={t('people.pinAgain')}
          description={t('people.pinAgainHint')}
          value={form.pinAgain}
          onChange={set('pinAgain')}
          error={tried && pinsDiffer ? t('people.pinsDiffer') : undefined}
          withAsterisk
        />
      </div>
      <ProblemBox problem={create.problem ?? signIn.problem} />
      <div className={styles.foot}>
        <Button
          type="submit"
          size="md"
          loading={create.busy || signIn.busy}
          rightSection={<KeyHint keys="Enter" />}
        >
          {t('setup.center.create')}
        </Button>
      </div>
    </form>
  );
}
