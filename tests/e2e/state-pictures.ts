/** Every state of every screen as a picture, and sheets on which four states stand beside each other in all their looks. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Language } from '../../shared/domain/calendar.ts';
import { openStage, SCHEMES, type Scheme, SIZES, type Stage, still } from './stage.ts';
import { STATES, walk } from './states.ts';

const LANGUAGES: readonly Language[] = ['id', 'en'];
const STATES_OF_A_SHEET = 4;
/** A picture on a sheet: small, and still to be read. */
const SHEET_COLUMN_PX = 480;
const CAPTION_PX = 18;

interface Look {
  width: number;
  scheme: Scheme;
  language: Language;
}

function fileOf(folder: string, state: string, { width, scheme, language }: Look): string {
  return join(folder, `${state}-${width}-${scheme}-${language}.png`);
}

/** Takes all pictures into `folder`; with `wanted`, a regular expression, only those of some states. */
export async function takeEveryState(folder: string, wanted = '.'): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const isWanted = new RegExp(wanted);
  const names = STATES.map(({ name }) => name).filter((name) => isWanted.test(name));
  for (const language of LANGUAGES) {
    const stage = await openStage(language);
    try {
      await walk(
        stage,
        ({ name }, page) => takeLooks(stage, page, folder, name, language),
        ({ name }) => isWanted.test(name),
      );
      if (language === LANGUAGES.at(-1)) await makeSheets(stage.page, folder, names);
    } finally {
      await stage.close();
    }
  }
  console.info(
    `${folder}: ${names.length} states, ${SIZES.length * SCHEMES.length * LANGUAGES.length} looks of each`,
  );
}

async function takeLooks(
  stage: Stage,
  page: Page,
  folder: string,
  state: string,
  language: Language,
): Promise<void> {
  // The first size comes last: the next state begins in it.
  for (const size of SIZES.toReversed()) {
    await stage.resize(size);
    for (const scheme of SCHEMES.toReversed()) {
      await stage.wear(scheme);
      await still(page);
      const path = fileOf(folder, state, { width: size.width, scheme, language });
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
}

/** For each size, sheets of four states below each other, each in both schemes and languages side by side. */
async function makeSheets(page: Page, folder: string, names: readonly string[]): Promise<void> {
  const columns = LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));
  await page.goto('about:blank');
  for (const { width, height } of SIZES) {
    const rowHeight = Math.round((SHEET_COLUMN_PX * height) / width);
    for (let first = 0; first < names.length; first += STATES_OF_A_SHEET) {
      const states = names.slice(first, first + STATES_OF_A_SHEET);
      const cells = states.flatMap((state) =>
        columns.map((look) =>
          cell(fileOf(folder, state, { width, ...look }), `${state} ${look.scheme} ${look.language}`),
        ),
      );
      await page.setViewportSize({
        width: columns.length * SHEET_COLUMN_PX,
        height: states.length * (rowHeight + CAPTION_PX),
      });
      await page.setContent(
        `<style>
          body { margin: 0; display: grid; grid-template-columns: repeat(${columns.length}, 1fr); background: #888 }
          figure { margin: 0; padding: 0 2px; font: 12px/${CAPTION_PX}px sans-serif }
          img { display: block; width: 100% }
        </style>${cells.join('')}`,
      );
      const number = String(first / STATES_OF_A_SHEET + 1).padStart(2, '0');
      await page.screenshot({ path: join(folder, `sheet-${width}-${number}.png`) });
    }
  }
}

function cell(file: string, caption: string): string {
  return `<figure><img src="data:image/png;base64,${readFileSync(file, 'base64')}">${caption}</figure>`;
}
