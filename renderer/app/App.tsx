import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { Guard } from '../ui/Guard.tsx';
import { styleNonce } from './first.ts';
import { Start } from './Start.tsx';
import { cssVariables, theme } from './theme.ts';

const giveNonce = () => styleNonce;

/** The page: look and messages around whatever the start decides to show. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce ? giveNonce : undefined}
    >
      <Notifications position="top-center" limit={1} autoClose={4_000} />
      <Guard>
        <Start />
      </Guard>
    </MantineProvider>
  );
}
