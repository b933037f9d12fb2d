import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/**
 * The one look of Titipan: warm paper, deep teal for work, clay for money that goes out. Contrast of text on its
 * ground is AA in both schemes; tests/e2e run axe over every screen.
 */

const teal: MantineColorsTuple = [
  '#e8f4f3',
  '#cfe5e3',
  '#a0cbc8',
  '#6db0ab',
  '#459892',
  '#2b8781',
  '#177069',
  '#0f5f5c',
  '#0b4f4c',
  '#073b39',
];

const clay: MantineColorsTuple = [
  '#fbf0ea',
  '#f4dccf',
  '#e9b89f',
  '#de9570',
  '#d4794c',
  '#c26237',
  '#a9502a',
  '#8f4322',
  '#74361b',
  '#562713',
];

const sand: MantineColorsTuple = [
  '#fdfbf6',
  '#f6f1e7',
  '#ece4d4',
  '#ddd2bd',
  '#c8baa0',
  '#a89a80',
  '#7a6f5b',
  '#5d5444',
  '#413b30',
  '#2a2620',
];

const ink: MantineColorsTuple = [
  '#ece7dc',
  '#d3cdc0',
  '#b3ac9e',
  '#8d877b',
  '#5f5b53',
  '#474540',
  '#383733',
  '#292927',
  '#1f201e',
  '#161716',
];

const systemFonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial, sans-serif';

export const theme = createTheme({
  colors: { teal, clay, gray: sand, dark: ink },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  black: '#23211c',
  white: '#ffffff',
  fontFamily: systemFonts,
  headings: { fontFamily: systemFonts, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 0 }, overlayProps: { opacity: 0.45 } },
    },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 0 } } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 } } },
  },
});

/** Our own variables beside Mantine's; the style sheets use nothing else for colour. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbf8f2',
    '--mantine-color-text': '#23211c',
    '--mantine-color-dimmed': '#665e50',
    '--mantine-color-placeholder': '#7a7161',
    '--mantine-color-error': '#a3331f',
    '--mantine-color-default-border': '#d5cab5',
    '--mantine-color-disabled': '#efe8da',
    '--mantine-color-disabled-color': '#6d6452',
    '--mantine-color-disabled-border': '#ddd2bd',
    '--t-surface': '#ffffff',
    '--t-sunken': '#f3ede1',
    '--t-line': '#e6dece',
    '--t-chrome': '#0f5f5c',
    '--t-chrome-text': '#ffffff',
    '--t-chrome-dim': '#cfe5e3',
    '--t-work': '#0f5f5c',
    '--t-work-soft': '#e3f1ef',
    '--t-out': '#8f4322',
    '--t-out-soft': '#fbf0ea',
    '--t-warn-soft': '#fdf1d3',
    '--t-warn-text': '#6b4a00',
    '--t-bad-soft': '#fbe7e2',
    '--t-bad-text': '#8c2815',
  },
  dark: {
    '--mantine-color-body': '#181917',
    '--mantine-color-text': '#ece7dc',
    '--mantine-color-dimmed': '#b3ac9e',
    '--mantine-color-placeholder': '#9a9486',
    '--mantine-color-error': '#f0907a',
    '--mantine-color-default-border': '#4b4943',
    '--mantine-color-disabled': '#2b2b28',
    '--mantine-color-disabled-color': '#a39c8e',
    '--mantine-color-disabled-border': '#3a3a36',
    // Mantine's own would be darker than the sheet below it.
    '--mantine-color-teal-light': '#183a38',
    '--mantine-color-teal-light-hover': '#1f4a47',
    '--mantine-color-teal-light-color': '#bfe3df',
    '--t-surface': '#21221f',
    '--t-sunken': '#1b1c1a',
    '--t-line': '#353530',
    '--t-chrome': '#0c3f3d',
    '--t-chrome-text': '#f3efe6',
    '--t-chrome-dim': '#a9d0cc',
    '--t-work': '#7cc4bd',
    '--t-work-soft': '#183a38',
    '--t-out': '#e9a683',
    '--t-out-soft': '#3a261b',
    '--t-warn-soft': '#3d3216',
    '--t-warn-text': '#f2d58a',
    '--t-bad-soft': '#43231c',
    '--t-bad-text': '#f5ab9a',
  },
});
