import { Button } from '@mantine/core';
import { IconShield, IconUser } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authSignIn } from '../../../shared/contract/people.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { machineStore } from '../../engine/page-store.ts';
import { useCommand } from '../../engine/use-command.ts';
import { proposedPerson } from '../../stores/people-here.ts';
import { session } from '../../stores/session.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { Keypad } from '../../ui/Keypad.tsx';
import { PinField } from '../../ui/PinField.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './SignIn.module.css';
import { useWait } from './use-wait.ts';

export interface SignInPerson {
  username: string;
  role: Role;
}

/**
 * Who is working, and a PIN. The focus stays in the PIN field: arrows and letters choose the person, digits type the
 * PIN, Enter signs in. `cancel` stands beside the way in, where there is a way back.
 */
export function SignInForm(props: {
  users: readonly SignInPerson[];
  onSignedIn?: () => void;
  cancel?: ReactNode;
}) {
  const { t } = useTranslation();
  const { users } = props;
  const { run, busy, problem, clear } = useCommand(authSignIn);
  const usernames = users.map((user) => user.username);
  const [username, setUsername] = useState(() => proposedPerson(machineStore, usernames) ?? '');
  const [pin, setPin] = useState('');
  const waitSeconds = useWait(problem);
  const field = useRef<HTMLInputElement>(null);
  const chosen = users.find((user) => user.username === username) ?? users[0];

  function choose(next: string): void {
    setUsername(next);
    setPin('');
    clear();
    field.current?.focus();
  }

  async function signIn(): Promise<void> {
    if (!chosen || !pin || busy || waitSeconds > 0) return;
    const answer = await run({ username: chosen.username, pin });
    setPin('');
    if (answer?.outcome === 'ok') {
      session.getState().started(answer.value.token, answer.value.user);
      props.onSignedIn?.();
    } else field.current?.focus();
  }

  function chooseByKey(event: KeyboardEvent): void {
    const next = personByKey(users, chosen, event.key);
    if (!next || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    choose(next.username);
  }

  return (
    <div className={styles.columns}>
      <fieldset className={styles.people} aria-label={t('signIn.people')}>
        {users.map((user) => (
          <PersonButton
            key={user.username}
            user={user}
            chosen={user.username === chosen?.username}
            onChoose={() => choose(user.username)}
          />
        ))}
        <p className={styles.hint}>
          <KeyHint keys="↑" /> <KeyHint keys="↓" /> {t('signIn.chooseHint')}
        </p>
      </fieldset>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <PinField
          label={t('signIn.pinOf', { username: chosen?.username ?? '' })}
          size="lg"
          value={pin}
          onChange={setPin}
          inputRef={field}
          autoFocus
          data-autofocus
          onKeyDown={chooseByKey}
        />
        <Keypad
          onDigit={(digit) => setPin((before) => (before + digit).slice(0, 12))}
          onErase={() => setPin((before) => before.slice(0, -1))}
        />
        <Button
          type="submit"
          size="lg"
          disabled={!pin || waitSeconds > 0}
          loading={busy}
          fullWidth
          rightSection={<KeyHint keys="Enter" />}
        >
          {waitSeconds > 0 ? t('signIn.wait', { count: waitSeconds }) : t('signIn.enter')}
        </Button>
        {props.cancel}
        <ProblemBox problem={problem} />
      </form>
    </div>
  );
}

function PersonButton(props: { user: SignInPerson; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  const { user, chosen } = props;
  const button = useRef<HTMLButtonElement>(null);
  // Who is chosen by a key may stand below what a long list shows.
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <button
      type="button"
      ref={button}
      className={styles.person}
      aria-pressed={chosen}
      onClick={props.onChoose}
    >
      {user.role === 'cashier' ? <IconUser aria-hidden /> : <IconShield aria-hidden />}
      <span>{user.username}</span>
      <small>{t(`role.${user.role}`)}</small>
    </button>
  );
}

/** Up and down walk through the people; a letter jumps to the next one that begins with it. */
function personByKey(
  users: readonly SignInPerson[],
  chosen: SignInPerson | undefined,
  key: string,
): SignInPerson | undefined {
  const at = chosen ? users.indexOf(chosen) : -1;
  if (key === 'ArrowDown') return users[(at + 1) % users.length];
  if (key === 'ArrowUp') return users[(at - 1 + users.length) % users.length];
  if (!/^[a-z]$/i.test(key)) return undefined;
  const after = [...users.slice(at + 1), ...users.slice(0, at + 1)];
  return after.find((user) => user.username.startsWith(key.toLowerCase()));
}
