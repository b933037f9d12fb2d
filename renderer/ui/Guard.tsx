import { Component, type ReactNode } from 'react';
import { type WithTranslation, withTranslation } from 'react-i18next';
import styles from './Empty.module.css';

type Props = WithTranslation & { children: ReactNode };

/** Catches a fault of a screen: a sentence and a way on instead of an empty page. Nothing in the books is touched. */
class GuardBase extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const { t } = this.props;
    return (
      <div className={styles.empty} role="alert">
        <h2>{t('guard.title')}</h2>
        <p>{t('guard.text')}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {t('guard.reload')}
        </button>
      </div>
    );
  }
}

export const Guard = withTranslation()(GuardBase);
