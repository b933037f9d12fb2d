import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centerGet } from '../../shared/contract/center.ts';
import { useQuery } from '../engine/use-query.ts';
import { IntakePage } from '../features/intake/IntakePage.tsx';
import { ProductsPage } from '../features/products/ProductsPage.tsx';
import { SalesPage } from '../features/sales/SalesPage.tsx';
import { TillPage } from '../features/sell/TillPage.tsx';
import { ClockDialog } from '../features/settings/ClockDialog.tsx';
import { PeoplePage } from '../features/settings/PeoplePage.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { SettlementPage } from '../features/settle/SettlementPage.tsx';
import { SettlePage } from '../features/settle/SettlePage.tsx';
import { ClosePage } from '../features/shift/ClosePage.tsx';
import type { SignInPerson } from '../features/signin/SignInForm.tsx';
import { SwitchDialog } from '../features/signin/SwitchDialog.tsx';
import { VendorPage } from '../features/vendors/VendorPage.tsx';
import { VendorsPage } from '../features/vendors/VendorsPage.tsx';
import { connection } from '../stores/connection.ts';
import { navigation, type Route } from '../stores/navigation.ts';
import { session } from '../stores/session.ts';
import { useKeys } from '../ui/keys.ts';
import { ConnectionStrip } from './ConnectionStrip.tsx';
import { Header } from './Header.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { homeOf, sectionsOf } from './sections.ts';
import { UnsavedDialog } from './UnsavedDialog.tsx';
import { useSwitchKey } from './use-switch-key.ts';

/** Everything a signed-in person works in: header, rail, and the section's page. */
export function Shell({ users }: { users: readonly SignInPerson[] }) {
  const { t } = useTranslation();
  const user = session((state) => state.user);
  const kept = navigation((state) => state.route);
  const center = useQuery(centerGet, {}, ['center']);
  const role = user?.role ?? 'cashier';
  const [switching, setSwitching] = useState(false);
  const entries = sectionsOf(role);
  const allowed = kept && entries.some((entry) => entry.section === kept.section);
  const route: Route = allowed ? kept : { section: homeOf(role) };

  const offset = center.value?.utcOffsetMinutes;
  useEffect(() => {
    if (offset !== undefined) connection.getState().setOffsetMinutes(offset);
  }, [offset]);
  useKeys({
    ...Object.fromEntries(
      entries.map(({ section }, index) => [`Alt+${index + 1}`, () => navigation.getState().go({ section })]),
    ),
    'Alt+0': signOut,
  });
  const onSwitch = () => {
    // Whoever takes over goes on here, and not where their own day begins.
    navigation.setState({ route });
    setSwitching(true);
  };
  useSwitchKey(onSwitch);

  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('shell.skip')}
      </a>
      <Header center={center.value} onSwitch={onSwitch} onSignOut={signOut} />
      <ConnectionStrip />
      <Rail current={route.section} entries={entries} />
      <main id="content" className={styles.content}>
        <Content route={route} />
      </main>
      <ClockDialog />
      <UnsavedDialog />
      {switching && <SwitchDialog users={users} onClose={() => setSwitching(false)} />}
    </div>
  );
}

function signOut(): void {
  if (navigation.getState().mayGoOut()) session.getState().signOut();
}

function Content({ route }: { route: Route }) {
  switch (route.section) {
    case 'till':
      return <TillPage />;
    case 'sales':
      return <SalesPage />;
    case 'close':
      return <ClosePage />;
    case 'vendors':
      return route.id ? <VendorPage key={route.id} vendor={route.id} /> : <VendorsPage />;
    case 'products':
      return <ProductsPage />;
    case 'intake':
      return <IntakePage />;
    case 'settle':
      return route.id ? <SettlementPage key={route.id} settlement={route.id} /> : <SettlePage />;
    case 'people':
      return <PeoplePage />;
    case 'settings':
      return <SettingsPage />;
  }
}
