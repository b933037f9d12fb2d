import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { styleNonce } from '../../app/first.ts';
import { startLanguages } from '../../app/i18n.ts';
import { cssVariables, theme } from '../../app/theme.ts';
import { Guard } from '../../ui/Guard.tsx';
import { DisplayPage } from './DisplayPage.tsx';

const giveNonce = () => styleNonce;

/** The buyer's window: no engine, no session, no books. Light and dark follow the till's by what Mantine keeps. */
export function begin(root: HTMLElement): void {
  startLanguages();
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce ? giveNonce : undefined}
    >
      <Guard>
        <DisplayPage />
      </Guard>
    </MantineProvider>,
  );
}
