import { Button } from '@mantine/core';
import { IconShield, IconUser } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authSignIn } from '../../../shared/contract/people.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { LanguageButton, SchemeButton } from '../../app/Looks.tsx';
import { useCommand } from '../../engine/use-command.ts';
import { lastUsername, session } from '../../stores/session.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { Keypad } from '../../ui/Keypad.tsx';
import { PinField } from '../../ui/PinField.tsx';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './SignIn.module.css';

interface Person {
  username: string;
  role: Role;
}

/**
 * Who is working, and a PIN. The focus stays in the PIN field: arrows and letters choose the person, digits type the
 * PIN, Enter signs in.
 */
export function SignIn({ name, users }: { name: string; users: Person[] }) {
  const { t } = useTranslation();
  const { run, busy, problem, clear } = useCommand(authSignIn);
  const [username, setUsername] = useState(() => firstPerson(users));
  const [pin, setPin] = useState('');
  const waitSeconds = useWait(problem);
  const field = useRef<HTMLInputElement>(null);
  const chosen = users.find((user) => user.username === username) ?? users[0];
  const blocked = busy || waitSeconds > 0;

  function choose(next: string): void {
    setUsername(next);
    setPin('');
    clear();
    field.current?.focus();
  }

  async function signIn(): Promise<void> {
    if (!chosen || !pin || blocked) return;
    const answer = await run({ username: chosen.username, pin });
    setPin('');
    if (answer?.outcome === 'ok') session.getState().started(answer.value.token, answer.value.user);
    field.current?.focus();
  }

  function chooseByKey(event: KeyboardEvent): void {
    const next = personByKey(users, chosen, event.key);
    if (!next || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    choose(next.username);
  }

  return (
    <main className={styles.page}>
      <div className={styles.looks}>
        <LanguageButton />
        <SchemeButton />
      </div>
      <header className={styles.head}>
        <img src="/icon.svg" alt="" width={44} height={44} />
        <div>
          <h1>{name || 'Titipan'}</h1>
          <p>{t('signIn.who')}</p>
        </div>
      </header>
      <div className={styles.columns}>
        <fieldset className={styles.people} aria-label={t('signIn.people')}>
          {users.map((user) => (
            <button
              type="button"
              key={user.username}
              className={styles.person}
              aria-pressed={user.username === chosen?.username}
              onClick={() => choose(user.username)}
            >
              {user.role === 'cashier' ? <IconUser aria-hidden /> : <IconShield aria-hidden />}
              <span>{user.username}</span>
              <small>{t(`role.${user.role}`)}</small>
            </button>
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
          <ProblemBox problem={problem} />
        </form>
      </div>
    </main>
  );
}

function firstPerson(users: Person[]): string {
  const last = lastUsername();
  return users.find((user) => user.username === last)?.username ?? users[0]?.username ?? '';
}

/** Up and down walk through the people; a letter jumps to the next one that begins with it. */
function personByKey(users: Person[], chosen: Person | undefined, key: string): Person | undefined {
  const at = chosen ? users.indexOf(chosen) : -1;
  if (key === 'ArrowDown') return users[(at + 1) % users.length];
  if (key === 'ArrowUp') return users[(at - 1 + users.length) % users.length];
  if (!/^[a-z]$/i.test(key)) return undefined;
  const after = [...users.slice(at + 1), ...users.slice(0, at + 1)];
  return after.find((user) => user.username.startsWith(key.toLowerCase()));
}

/** Seconds left before another try is taken. */
function useWait(problem: ReturnType<typeof useCommand<typeof authSignIn>>['problem']): number {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const waitMs = problem?.kind === 'rejected' ? Number(problem.details.waitMs ?? 0) : 0;
    setNow(Date.now());
    setUntil(waitMs > 0 ? Date.now() + waitMs : 0);
  }, [problem]);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (left === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [left]);
  return left;
}
