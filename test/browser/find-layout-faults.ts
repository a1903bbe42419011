import type { Page } from 'playwright-core';

/** From the narrowest telephone to a wide screen, in pixels. */
export const WIDTHS: readonly number[] = [320, 390, 900, 1280, 1600];
const HEIGHT = 800;

/**
 * What is wrong with how the page is laid out, at each width and in each of its parts: what reaches beyond the edge or
 * is cut off, what lies over something that can be used, and what is smaller than a finger needs.
 * @see https://www.w3.org/TR/WCAG22/#target-size-minimum
 */
export async function findLayoutFaults(page: Page, widths = WIDTHS): Promise<readonly string[]> {
  const found: string[] = [];
  const tabs = page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('button');
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHT });
    const names = (await page.evaluate(TABS)) as readonly string[];
    for (const name of names.length === 0 ? [undefined] : names) {
      if (name !== undefined) await tabs.filter({ hasText: name }).click();
      const faults = (await page.evaluate(FAULTS)) as readonly string[];
      found.push(...faults.map((fault) => `${width}${name === undefined ? '' : `, ${name}`}: ${fault}`));
    }
  }
  return found;
}

/** The tabs that are there; none while a panel or a dialog lies over them. */
const TABS = `document.querySelector('dialog[open], :popover-open') !== null ? [] :
  [...document.querySelectorAll('.pane-tabs button')].filter((tab) => tab.checkVisibility()).map((tab) => tab.textContent)`;

const FAULTS = `(() => {
  const MIN = 24;
  const faults = [];
  const describe = (element) =>
    element.localName + '.' + element.className + ' ' +
    JSON.stringify((element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent).trim().slice(0, 40));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push('the page is ' + root.scrollWidth + ' pixels wide');

  /** What of it can be seen, where what scrolls cuts it off. */
  const seen = (element) => {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let outer = element.parentElement; outer !== null; outer = outer.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(outer);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const edge = outer.getBoundingClientRect();
      [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return { left: Math.max(0, left), top: Math.max(0, top), right: Math.min(innerWidth, right), bottom: Math.min(innerHeight, bottom) };
  };
  const scope = document.querySelector('dialog[open], :popover-open') ?? document.body;
  const controls = [...scope.querySelectorAll('button, a[href], input, select, textarea, summary')]
    .filter((control) => control.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    // A link in a text is as high as its line.
    .filter((control) => control.closest('.text a') === null)
    .map((control) => ({ control, box: control.getBoundingClientRect(), part: seen(control) }))
    .filter(({ part }) => part.right - part.left > 1 && part.bottom - part.top > 1);

  for (const { control, box, part } of controls) {
    if (box.width < MIN - 0.5 || box.height < MIN - 0.5) {
      faults.push(describe(control) + ' is ' + Math.round(box.width) + ' by ' + Math.round(box.height));
    }
    if (part.right - part.left < box.width - 1) faults.push(describe(control) + ' reaches beyond the edge');
    const style = getComputedStyle(control);
    if (style.textOverflow !== 'ellipsis' && control.scrollWidth > control.clientWidth + 1) {
      faults.push(describe(control) + ' is too narrow for what it says');
    }
    if (control.placeholder) {
      const pen = new OffscreenCanvas(1, 1).getContext('2d');
      pen.font = style.font;
      const room = control.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (pen.measureText(control.placeholder).width > room) {
        faults.push(describe(control) + ' is too narrow for its placeholder');
      }
    }
    const hit = document.elementFromPoint((part.left + part.right) / 2, (part.top + part.bottom) / 2);
    if (hit !== null && !control.contains(hit) && !hit.contains(control)) {
      faults.push(describe(control) + ' lies under ' + describe(hit));
    }
  }
  for (const [place, one] of controls.entries()) {
    for (const other of controls.slice(place + 1)) {
      if (one.control.contains(other.control) || other.control.contains(one.control)) continue;
      const width = Math.min(one.part.right, other.part.right) - Math.max(one.part.left, other.part.left);
      const height = Math.min(one.part.bottom, other.part.bottom) - Math.max(one.part.top, other.part.top);
      if (width > 1 && height > 1) faults.push(describe(one.control) + ' overlaps ' + describe(other.control));
    }
  }
  return faults;
})()`;
