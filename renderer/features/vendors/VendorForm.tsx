import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementSet, vendorCreate } from '../../../shared/contract/vendor.ts';
import { useCommand } from '../../engine/use-command.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { notify } from '../../ui/notify.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import { initialTerms, TermsFields, termsOf } from './TermsFields.tsx';

const personFields = [
  'name',
  'phone',
  'address',
  'nik',
  'npwp',
  'bankCode',
  'bankAccount',
  'bankHolder',
] as const;
type PersonField = (typeof personFields)[number];

/** A new vendor with its agreement; the contact person may follow or stay away. */
export function VendorForm({ onSaved, onClose }: { onSaved: (vendor: number) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCommand(vendorCreate);
  const agree = useCommand(agreementSet);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [terms, setTerms] = useState(initialTerms);
  const [person, setPerson] = useState<Partial<Record<PersonField, string>>>({});
  const [withPerson, setWithPerson] = useState(false);
  const [created, setCreated] = useState<number>();
  const [tried, setTried] = useState(false);
  const missing = (value: string) => (tried && !value.trim() ? t('form.required') : undefined);

  async function save(): Promise<void> {
    setTried(true);
    const chosen = termsOf(terms);
    if (!code.trim() || !name.trim() || !chosen) return;
    let vendor = created;
    if (vendor === undefined) {
      const known = Object.fromEntries(Object.entries(person).filter(([, value]) => value.trim() !== ''));
      const withKnown = Object.keys(known).length > 0 ? { person: known } : {};
      const answer = await create.run({ code, name, ...withKnown });
      if (answer?.outcome !== 'ok') return;
      vendor = answer.value.vendor;
      setCreated(vendor);
    }
    const answer = await agree.run({ vendor, terms: chosen });
    if (answer?.outcome !== 'ok') return;
    notify(t('vendors.saved', { name }));
    onSaved(vendor);
  }

  return (
    <Dialog title={t('vendors.addTitle')} size="lg" onClose={onClose} unsaved={code !== '' || name !== ''}>
      {(close) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Stack gap="sm">
            <SimpleGrid cols={2} spacing="sm">
              <TextInput
                label={t('vendors.code')}
                description={t('vendors.codeHint')}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                error={missing(code)}
                maxLength={40}
                autoComplete="off"
                withAsterisk
                data-autofocus
              />
              <TextInput
                label={t('vendors.name')}
                description={t('vendors.nameHint')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                error={missing(name)}
                maxLength={60}
                autoComplete="off"
                withAsterisk
              />
            </SimpleGrid>
            <TermsFields value={terms} onChange={setTerms} tried={tried} />
            {withPerson ? (
              <SimpleGrid cols={2} spacing="sm">
                {personFields.map((field, index) => (
                  <TextInput
                    key={field}
                    label={t(`person.${field}`)}
                    value={person[field] ?? ''}
                    maxLength={field === 'address' ? 200 : 80}
                    autoComplete="off"
                    autoFocus={index === 0}
                    onChange={(event) => setPerson({ ...person, [field]: event.currentTarget.value })}
                  />
                ))}
              </SimpleGrid>
            ) : (
              <Group>
                <Button variant="subtle" onClick={() => setWithPerson(true)}>
                  {t('vendors.addPerson')}
                </Button>
              </Group>
            )}
            <ProblemBox problem={create.problem ?? agree.problem} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('common.cancel')}
              </Button>
              <Button
                type="submit"
                loading={create.busy || agree.busy}
                rightSection={<KeyHint keys="Enter" />}
              >
                {t('vendors.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
