import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '../../../shared/contract/define.ts';
import { printPreview } from '../../../shared/contract/printing.ts';
import { readPaper } from '../../../shared/domain/escpos-reading.ts';
import { useQuery } from '../../engine/use-query.ts';
import { ProblemBox } from '../../ui/ProblemBox.tsx';
import styles from './Paper.module.css';
import { paintPaper } from './paint-paper.ts';
import { paperWords, planPaper } from './paper-plan.ts';

/** How large a dot of the paper is on the screen: 58 mm fit beside a list, and their letters can be read. */
const SHOWN_DOT_PX = 0.72;

/** The paper as it comes out, decoded from the very bytes its printer gets. Asks again when `version` changes. */
export function PaperPicture({ of, version }: { of: InputOf<typeof printPreview> | null; version?: number }) {
  const { t } = useTranslation();
  const { value, problem, ask } = useQuery(printPreview, of);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the same paper is what asks again
  useEffect(() => {
    if (version) ask();
  }, [version]);
  if (!value) {
    return (
      <div className={styles.frame} aria-busy={!problem}>
        {problem && <ProblemBox problem={problem} />}
      </div>
    );
  }
  return (
    <section className={styles.frame} aria-label={t('print.picture')}>
      <Paper bytes={value.bytes} columns={value.columns} dots={value.dots} />
    </section>
  );
}

function Paper({ bytes, columns, dots }: { bytes: string; columns: number; dots: number }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { plan, words } = useMemo(() => {
    const width = { columns, dots };
    const elements = readPaper(
      Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0)),
      width,
    );
    return { plan: planPaper(elements, width), words: paperWords(elements) };
  }, [bytes, columns, dots]);
  useEffect(() => {
    if (!canvas.current) return;
    paintPaper(canvas.current, plan, {
      cut: t('print.mark.cut'),
      kick: t('print.mark.kick'),
      more: t('print.mark.more'),
      unknown: t('print.mark.unknown'),
    });
  }, [plan, t]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a paper longer than its frame scrolls by keyboard, too
    <div className={styles.scroll} tabIndex={0}>
      <div className={styles.paper}>
        <canvas
          ref={canvas}
          // As wide as the paper is beside others: 80 mm next to 58 mm.
          style={{ width: `${Math.round(dots * SHOWN_DOT_PX)}px` }}
          role="img"
          aria-label={words || t('print.picture')}
          data-testid="paper"
        />
      </div>
    </div>
  );
}
