import type { InputOf } from '../../../shared/contract/define.ts';
import type { PrinterView, printerSet } from '../../../shared/contract/printing.ts';

export type Profile = PrinterView['profile'];
export type PaperMm = '58' | '80';

/** What stands in the form: texts as they are typed. */
export interface PrinterDraft {
  via: 'tcp' | 'file';
  host: string;
  port: string;
  /** Most close the connection after a job; false: this one keeps it open. */
  closes: boolean;
  path: string;
  paper: PaperMm;
  columns: string;
  profile: Profile;
  dots: string;
  codePage: string;
  cut: boolean;
  kickPin: '2' | '5';
  raster: boolean;
  answersStatus: boolean;
  kick: boolean;
  /** Number of the drawer whose printer takes over; '' is none. */
  fallback: string;
}

export type DraftField = 'host' | 'port' | 'path' | 'columns' | 'dots' | 'codePage';

export const DEFAULT_PORT = 9100;
/** What paper of this width holds (Font A): characters on a line, and dots of the usual heads. */
export const PAPER_DEFAULTS = { 58: { columns: 32, dots: 384 }, 80: { columns: 48, dots: 576 } } as const;
/** Widths that a person chooses from; another one is typed. */
export const USUAL_COLUMNS = ['32', '42', '48'] as const;
const COLUMNS = { min: 24, max: 96 };
const DOTS = { min: 192, max: 1152, step: 8 };
const MAX_PATH = 500;

/** The form for a printer as it is set up, or for a first one on 58 mm paper. */
export function draftOf(known: PrinterView | null | undefined): PrinterDraft {
  const tcp = known?.address.kind === 'tcp' ? known.address : undefined;
  const paper: PaperMm = known?.paperMm === 80 ? '80' : '58';
  const { custom } = known ?? {};
  return {
    via: known?.address.kind ?? 'tcp',
    host: tcp?.host ?? '',
    port: String(tcp?.port ?? DEFAULT_PORT),
    closes: tcp?.closesAfterJob ?? true,
    path: known?.address.kind === 'file' ? known.address.path : '',
    paper,
    columns: String(known?.columns ?? PAPER_DEFAULTS[paper].columns),
    profile: known?.profile ?? 'simple58',
    dots: String(custom?.dots ?? PAPER_DEFAULTS[paper].dots),
    codePage: String(custom?.codePage ?? 0),
    cut: custom?.cut ?? false,
    kickPin: custom?.kickPin === 5 ? '5' : '2',
    raster: custom?.raster ?? true,
    answersStatus: known?.answersStatus ?? false,
    kick: known?.kick ?? true,
    fallback: known?.fallback ? String(known.fallback) : '',
  };
}

/** True when nothing was changed, or changed back. */
export function isSameDraft(left: PrinterDraft, right: PrinterDraft): boolean {
  return (Object.keys(left) as (keyof PrinterDraft)[]).every((field) => left[field] === right[field]);
}

/** A drawer whose name is its code, as the safe's is, is named once. */
export function drawerText({ code, name }: { code: string; name: string }): string {
  return name.trim().toLowerCase() === code.trim().toLowerCase() ? name : `${name} (${code})`;
}

/** Another paper brings its own widths, unless a person chose one that is not the old paper's. */
export function withPaper(draft: PrinterDraft, paper: PaperMm): PrinterDraft {
  const [before, after] = [PAPER_DEFAULTS[draft.paper], PAPER_DEFAULTS[paper]];
  return {
    ...draft,
    paper,
    columns: draft.columns === String(before.columns) ? String(after.columns) : draft.columns,
    dots: draft.dots === String(before.dots) ? String(after.dots) : draft.dots,
  };
}

/** Fields whose text cannot be saved as it stands. */
export function wrongFields(draft: PrinterDraft): DraftField[] {
  const { via, host, port, path, columns, profile, dots, codePage } = draft;
  const isCustom = profile === 'custom';
  const checks: Record<DraftField, boolean> = {
    host: via === 'tcp' && !/^[A-Za-z0-9._:-]{1,253}$/.test(host.trim()),
    port: via === 'tcp' && whole(port, 1, 65_535) === undefined,
    path: via === 'file' && (path.trim() === '' || path.trim().length > MAX_PATH),
    columns: whole(columns, COLUMNS.min, COLUMNS.max) === undefined,
    dots: isCustom && (whole(dots, DOTS.min, DOTS.max) ?? 1) % DOTS.step !== 0,
    codePage: isCustom && whole(codePage, 0, 255) === undefined,
  };
  return (Object.keys(checks) as DraftField[]).filter((field) => checks[field]);
}

/** What is saved of a draft without wrong fields. */
export function printerInput(drawer: number, draft: PrinterDraft): InputOf<typeof printerSet> {
  const { fallback, answersStatus, profile, kick } = draft;
  return {
    drawer,
    address:
      draft.via === 'tcp'
        ? { kind: 'tcp', host: draft.host.trim(), port: numberOf(draft.port), closesAfterJob: draft.closes }
        : { kind: 'file', path: draft.path.trim() },
    paperMm: draft.paper === '58' ? 58 : 80,
    profile,
    columns: numberOf(draft.columns),
    answersStatus,
    kick,
    ...(fallback !== '' && { fallback: Number(fallback) }),
    ...(profile === 'custom' && {
      custom: {
        dots: numberOf(draft.dots),
        codePage: numberOf(draft.codePage),
        cut: draft.cut,
        kickPin: draft.kickPin === '2' ? 2 : 5,
        raster: draft.raster,
      },
    }),
  };
}

/** NaN for what is no number: an empty field is not 0. */
function numberOf(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function whole(text: string, min: number, max: number): number | undefined {
  const value = numberOf(text);
  return value >= min && value <= max ? value : undefined;
}
