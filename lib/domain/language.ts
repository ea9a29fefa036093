/** Languages that glosses are written in and searched in; the first is the usual one. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'ja', 'zh', 'th'] as const;

/** A language's code of ISO 639-1. */
export type Language = (typeof LANGUAGES)[number];

/** As English calls them. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  pt: 'Portuguese',
  nl: 'Dutch',
  sv: 'Swedish',
  ja: 'Japanese',
  zh: 'Chinese',
  th: 'Thai',
};
