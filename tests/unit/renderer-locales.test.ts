/**
 * Proves that the screens have words for everything: both languages hold the same keys with the same placeholders,
 * every rejection of the contract has a sentence in both, and every key that the code names exists. Reads the real
 * locale files, the contract's own list and the renderer's source.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import english from '../../renderer/app/locales/en.json' with { type: 'json' };
import indonesian from '../../renderer/app/locales/id.json' with { type: 'json' };
import { rejectionNames } from '../../shared/contract/rejections.ts';

const renderer = join(import.meta.dirname, '../../renderer');

/** Every text by its whole key; the plural forms of a key are one key. */
function flat(node: object, prefix = ''): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const [name, value] of Object.entries(node)) {
    const key = `${prefix}${name}`;
    if (typeof value === 'string') {
      const whole = key.replace(/_(one|other)$/, '');
      texts.set(whole, [...(texts.get(whole) ?? []), value]);
    } else for (const [inner, list] of flat(value as object, `${key}.`)) texts.set(inner, list);
  }
  return texts;
}

const texts = { id: flat(indonesian), en: flat(english) };
const placeholders = (list: string[] = []) =>
  [...new Set(list.flatMap((text) => text.match(/\{\{\w+\}\}/g) ?? []))].sort();

describe('locales', () => {
  test('both languages hold the same keys', () => {
    expect([...texts.en.keys()].sort()).toEqual([...texts.id.keys()].sort());
  });

  test('both languages use the same placeholders, and no text is empty', () => {
    for (const [key, list] of texts.id) {
      expect(placeholders(texts.en.get(key)), key).toEqual(placeholders(list));
      for (const text of [...list, ...(texts.en.get(key) ?? [])]) expect(text.trim(), key).not.toBe('');
    }
  });

  test('a text that is the same in both languages is meant to be', () => {
    const same = [...texts.id]
      .filter(([key, list]) => isEqualText(list, texts.en.get(key)))
      .map(([key]) => key);
    expect(same.sort()).toEqual(Object.values(meantToBeEqual).flat().sort());
  });

  test.each(rejectionNames)('"%s" has a sentence in both languages', (name) => {
    for (const language of ['id', 'en'] as const) {
      const [sentence] = texts[language].get(`rejection.${name}`) ?? [];
      expect(sentence, `${language}: rejection.${name}`).toMatch(/^.{15,}\.$/);
    }
  });

  test('no sentence speaks of a rejection that the contract does not know', () => {
    const spoken = [...texts.id.keys()].filter((key) => key.startsWith('rejection.'));
    expect(spoken.sort()).toEqual(rejectionNames.map((name) => `rejection.${name}`).sort());
  });

  test('every key that the code names exists', () => {
    const missing: string[] = [];
    let named = 0;
    for (const file of readdirSync(renderer, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file)) continue;
      const source = readFileSync(join(renderer, file), 'utf8');
      for (const [, key = ''] of source.matchAll(/'([a-zA-Z]+(?:\.[\w-]+)+)'/g)) {
        if (!((key.split('.')[0] ?? '') in indonesian) || /\.(tsx?|css|json|svg)$/.test(key)) continue;
        named += 1;
        if (!texts.id.has(key) && !contractNames.has(key)) missing.push(`${file}: ${key}`);
      }
    }
    expect(named).toBeGreaterThan(200);
    expect(missing).toEqual([]);
  });

  test('every text is named by the code, whole or by its beginning', () => {
    const source = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(renderer, file), 'utf8'))
      .join('\n');
    const whole = new Set([...source.matchAll(/['"`]([a-zA-Z]+(?:\.[\w-]+)+)['"`]/g)].map(([, key]) => key));
    const beginnings = [...source.matchAll(/`([a-zA-Z]+\.(?:[\w-]+\.)*)\$\{/g)].map(([, key = '']) => key);
    const unused = [...texts.id.keys()].filter(
      (key) => !whole.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });
});

function isEqualText(list: string[], other: string[] = []): boolean {
  return list.some((text) => other.includes(text));
}

/** Why each of these is the same in Indonesian and English; a text that is not here was forgotten in one of them. */
const meantToBeEqual: Readonly<Record<string, readonly string[]>> = {
  'the same word in both languages': [
    'role.admin',
    'setup.step.printer',
    'printer.port',
    'print.fine',
    'print.where',
    'labels.printer',
    'printer.codePage',
    'till.total',
    'display.paidTotal',
    'cash.kind.bank',
    'cash.category.transport',
  ],
  'a name of its own in Indonesia': ['tender.qris', 'person.nik', 'person.npwp'],
  'an abbreviation in both': ['people.pin', 'field.pin'],
  'nothing but what is put in': ['till.note.promotion', 'sales.tenderOf'],
  'a place, as an example': ['setup.center.nameExample'],
};

/** Actions that a second person approves look like keys and are names of the contract. */
const contractNames = new Set(['shift.close', 'settlement.approve']);
