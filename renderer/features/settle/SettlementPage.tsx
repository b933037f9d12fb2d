import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { centerGet } from '../../../shared/contract/center.ts';
import { type SettlementView, settlementGet } from '../../../shared/contract/settlement.ts';
import { formatDay, isBusinessDay } from '../../../shared/domain/calendar.ts';
import { useQuery } from '../../engine/use-query.ts';
import { navigation } from '../../stores/navigation.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { moneyText } from '../../ui/Money.tsx';
import { Page, Sheet } from '../../ui/Page.tsx';
import { ProblemBox, WarningBox } from '../../ui/ProblemBox.tsx';
import { BookTable } from '../vendors/VendorBook.tsx';
import { ApproveStep } from './ApproveStep.tsx';
import { PayStep } from './PayStep.tsx';
import styles from './Settle.module.css';

/** One settlement: what the vendor receives is the largest thing on the screen; below it, how it came about. */
export function SettlementPage({ settlement }: { settlement: number }) {
  const { t } = useTranslation();
  const { value, problem, ask } = useQuery(settlementGet, { settlement }, ['settlements', 'sales']);
  const center = useQuery(centerGet, {}, ['center']).value;
  const back = () => navigation.getState().go({ section: 'settle' });
  useKeys({ Escape: back });
  if (!value || !center) return <ProblemBox problem={problem} />;
  return (
    <Page
      title={`${value.number} · ${value.vendorName}`}
      actions={
        <Button variant="default" onClick={back} rightSection={<KeyHint keys="Esc" />}>
          {t('common.back')}
        </Button>
      }
    >
      <Sheet>
        <div className={styles.headline}>
          <div>
            <span className={styles.label}>
              {t(value.state === 'paid' ? 'settle.received' : 'settle.receives')}
            </span>
            <strong className={styles.receives} data-testid="vendor-receives">
              {moneyText(receivesRupiah(value))}
            </strong>
            <span className={styles.state} data-state={value.state} data-testid="settlement-state">
              {t(`settle.state.${value.state}`)}
            </span>
          </div>
          <div className={styles.step}>
            {value.state === 'draft' && (
              <ApproveStep settlement={value} twoPersons={center.twoPersonSettlement} onDone={ask} />
            )}
            {value.state === 'approved' && <PayStep settlement={value} onDone={ask} />}
            {value.state === 'paid' && <PaidStep settlement={value} />}
          </div>
        </div>
        <Facts settlement={value} />
      </Sheet>
      {!value.complete && <WarningBox>{t('book.incomplete')}</WarningBox>}
      <BookTable opening={value.openingRupiah} movements={value.movements} closing={value.closingRupiah} />
    </Page>
  );
}

function receivesRupiah(settlement: SettlementView): number {
  return settlement.paidRupiah ?? settlement.approvedRupiah ?? settlement.eligibleRupiah;
}

function PaidStep({ settlement }: { settlement: SettlementView }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <span className={styles.label}>{t('settle.slip')}</span>
      <strong data-testid="payout-number">{settlement.payoutNumber}</strong>
      <p>{t('settle.paidHint')}</p>
      <Button mt="sm" onClick={() => navigation.getState().go({ section: 'vendors' })} autoFocus>
        {t('settle.toVendors')}
      </Button>
    </div>
  );
}

function Facts({ settlement }: { settlement: SettlementView }) {
  const { t } = useTranslation();
  const cutoff = settlement.cutoffDay;
  const facts: [string, string][] = [
    [t('settle.opening'), moneyText(settlement.openingRupiah)],
    [t('settle.movement'), moneyText(settlement.movementRupiah)],
    [t('settle.closing'), moneyText(settlement.closingRupiah)],
    [t('settle.cutoff'), isBusinessDay(cutoff) ? formatDay(cutoff) : cutoff],
    [t('settle.preparedBy'), settlement.preparedBy],
  ];
  // Why the vendor does not receive all of it; nothing is said of what is nothing.
  const kept: [string, number][] = [
    [t('settle.fees'), settlement.feesRupiah],
    [t('settle.held'), settlement.heldRupiah],
    [t('settle.disputed'), settlement.disputedRupiah],
  ];
  for (const [label, amount] of kept) if (amount !== 0) facts.push([label, moneyText(amount)]);
  if (settlement.approvedBy) facts.push([t('settle.approvedBy'), settlement.approvedBy]);
  if (settlement.approvedRupiah !== null)
    facts.push([t('settle.approved'), moneyText(settlement.approvedRupiah)]);
  return (
    <dl className={styles.facts}>
      {facts.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
