import type { Page } from 'playwright-core'

/** CSS pixels: what a thumb hits without looking. */
const THUMB = 44

/** What is to be pressed on a page and is lower than a thumb; not links within a text, which are as high as its lines. */
export function lowTargets(page: Page): Promise<string[]> {
  return page.locator('a[href]:not(.skip), button, summary, select, input, textarea').evaluateAll((all, thumb) => {
    const shown = all.filter((one) => {
      const { height } = (one.closest('label') ?? one).getBoundingClientRect()
      const isInText = one.ownerDocument.defaultView?.getComputedStyle(one).display === 'inline'
      return height > 0 && Math.ceil(height) < thumb && !isInText
    })
    return shown.map((one) => one.outerHTML)
  }, THUMB)
}
