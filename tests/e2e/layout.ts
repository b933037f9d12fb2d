/** What of a screen does not fit: a page or a dialog that has to be scrolled, text that is cut. */
import type { Page } from 'playwright-core';

export interface Misfit {
  what: 'page scrolls' | 'dialog scrolls' | 'scrolls sideways' | 'text is cut';
  where: string;
}

/** Names may end in an ellipsis: the class of their element, as the style sheets call it. Amounts never. */
const MAY_END = ['name', 'brand', 'resultDetail', 'giving', 'of', 'stepperName'] as const;

/** Everything on a page that does not fit its window. */
export function misfits(page: Page): Promise<Misfit[]> {
  return page.evaluate(findMisfits, [...MAY_END]);
}

/** Runs in the page. */
function findMisfits(mayEnd: readonly string[]): Misfit[] {
  const found: Misfit[] = [];
  const note = (what: Misfit['what'], where: string) => {
    if (!found.some((each) => each.what === what && each.where === where)) found.push({ what, where });
  };
  const named = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.className} “${(element.textContent ?? '').trim().slice(0, 60)}”`;

  const root = document.documentElement;
  if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) {
    note('page scrolls', `${root.scrollWidth} × ${root.scrollHeight} in ${innerWidth} × ${innerHeight}`);
  }
  for (const element of document.querySelectorAll('*')) {
    const { overflowX } = getComputedStyle(element);
    const scrolls = overflowX === 'auto' || overflowX === 'scroll';
    if (scrolls && element.scrollWidth > element.clientWidth + 1) note('scrolls sideways', named(element));
  }
  for (const element of document.querySelectorAll('.mantine-Modal-content')) {
    if (element.scrollHeight > element.clientHeight + 1) note('dialog scrolls', named(element));
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!parent || !text.textContent?.trim() || !parent.checkVisibility({ visibilityProperty: true }))
      continue;
    if (isForEars(parent) || parent.closest('[data-loading=true]')) continue;
    const cutter = cutterOf(text, parent);
    if (cutter && isWrappedAway(text, cutter)) continue;
    if (cutter && !(endsAsMeant(parent, cutter) && !/Rp\s?\d/.test(text.textContent))) {
      note('text is cut', named(parent));
    }
  }
  return found;

  /** Shrunk to a point: only a screen reader says it. */
  function isForEars(element: Element): boolean {
    for (let each: Element | null = element; each; each = each.parentElement) {
      if (getComputedStyle(each).clipPath.startsWith('inset(50%')) return true;
    }
    // The way past the header, until it has the focus.
    return element.getBoundingClientRect().right <= 0;
  }

  /** The element whose edge, or the window's, runs through a text; what can be scrolled into sight is not cut. */
  function cutterOf(text: Node, parent: Element): Element | undefined {
    const range = document.createRange();
    range.selectNodeContents(text);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    let scrollsX = false;
    let scrollsY = false;
    for (let each: Element | null = parent; each; each = each.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(each);
      const box = each === root ? new DOMRect(0, 0, innerWidth, innerHeight) : each.getBoundingClientRect();
      const hidesX = (each === root || overflowX !== 'visible') && !scrollsX;
      const hidesY = (each === root || overflowY !== 'visible') && !scrollsY;
      scrollsX ||= overflowX === 'auto' || overflowX === 'scroll';
      scrollsY ||= overflowY === 'auto' || overflowY === 'scroll';
      if (hidesX && !scrollsX && (left < box.left - 1 || right > box.right + 1)) return each;
      // The line box of a large font reaches a little beyond its letters.
      if (hidesY && !scrollsY && (top < box.top - 4 || bottom > box.bottom + 4)) return each;
      if (position === 'fixed') return undefined;
    }
    return undefined;
  }

  /** Not cut but gone as a whole: the header's less important words. */
  function isWrappedAway(text: Node, cutter: Element): boolean {
    const range = document.createRange();
    range.selectNodeContents(text);
    const wraps = getComputedStyle(cutter).flexWrap === 'wrap';
    return wraps && range.getBoundingClientRect().top >= cutter.getBoundingClientRect().bottom - 1;
  }

  function endsAsMeant(parent: Element, cutter: Element): boolean {
    const { textOverflow, webkitLineClamp } = getComputedStyle(cutter);
    if (webkitLineClamp !== 'none' && webkitLineClamp !== '') return true;
    if (textOverflow !== 'ellipsis') return false;
    return [parent, cutter, cutter.parentElement].some((each) =>
      [...(each?.classList ?? [])].some((name) => mayEnd.includes(name.split('_')[1] ?? '')),
    );
  }
}
