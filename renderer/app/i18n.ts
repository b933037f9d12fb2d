import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/domain/calendar.ts';
import { preferences } from '../stores/preferences.ts';
import english from './locales/en.json' with { type: 'json' };
import indonesian from './locales/id.json' with { type: 'json' };

/** Loads both languages (they are small, and a till has no network to fetch them) and follows the chosen one. */
export function startLanguages(): void {
  const chosen = preferences.getState().language;
  void i18next.use(initReactI18next).init({
    lng: chosen,
    fallbackLng: 'id',
    resources: { id: { translation: indonesian }, en: { translation: english } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  showLanguage(chosen);
  preferences.subscribe(({ language }) => {
    void i18next.changeLanguage(language);
    showLanguage(language);
  });
}

/** Screen readers pronounce the page by this. */
function showLanguage(language: Language): void {
  document.documentElement.lang = language;
}
