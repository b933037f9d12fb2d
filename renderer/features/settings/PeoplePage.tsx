import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { userList } from '../../../shared/contract/people.ts';
import { useQuery } from '../../engine/use-query.ts';
import { session } from '../../stores/session.ts';
import { Page, Sheet } from '../../ui/Page.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import table from '../../ui/table.module.css';
import { PersonForm } from './PersonForm.tsx';

/** Who may sign in, and who no longer may. Only an administrator adds people. */
export function PeoplePage() {
  const { t } = useTranslation();
  const { value, problem } = useQuery(userList, {}, ['users']);
  const isAdmin = session((state) => state.user?.role === 'admin');
  const [added, setAdded] = useState(0);
  return (
    <Page title={t('section.people')}>
      <ProblemBox problem={problem} />
      {isAdmin && (
        <Sheet title={t('people.addTitle')}>
          <PersonForm key={added} proposed="cashier" onSaved={() => setAdded((count) => count + 1)} />
        </Sheet>
      )}
      <div className={table.frame}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('people.username')}</th>
              <th scope="col">{t('people.role')}</th>
            </tr>
          </thead>
          <tbody>
            {value?.users.map((user) => (
              <tr key={user.user}>
                <td>
                  {user.username}
                  {!user.active && <span className={table.dim}> · {t('people.disabled')}</span>}
                </td>
                <td>{t(`role.${user.role}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!isAdmin && <p>{t('people.onlyAdmin')}</p>}
    </Page>
  );
}
