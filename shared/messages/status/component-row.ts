import { DAY_MS } from '../../contracts/milliseconds.ts'
import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Instant, Language } from '../../contracts/words.ts'
import { type ComponentView, judgedOf } from '../../incidents/status/view.ts'
import { escapeHtml } from '../escape-html.ts'
import { day } from '../times.ts'
import { percent } from './said.ts'
import { statusWords } from './words.ts'

/** From which share on a day counts as good, or as nearly so. */
const GOOD = 0.999
const FAIR = 0.99

/** Width of a bar with what is left free beside it, and its height: the picture is as wide as its place. */
const STEP = 5
const HEIGHT = 34

/** A component: how it stands, and a bar for each day. */
export function componentRow(
  { id, state, days, uptime }: ComponentView,
  { components }: CompiledStatusPage,
  now: Instant,
  language: Language,
): string {
  const say = statusWords[language]
  const dayBack = (back: number) => day(now - back * DAY_MS, 'UTC')
  const title = escapeHtml(components[id]?.title[language] ?? id)
  const { count, firstBack } = judgedOf(days)
  const since = count < days.length ? dayBack(firstBack) : undefined
  const told = uptime === undefined ? say.daysUnknown : say.days(percent(uptime), count, since)
  const bars = days.map((share, index) => {
    const date = dayBack(days.length - 1 - index)
    const words = share === undefined ? say.dayUnknown(date) : say.dayKnown(date, percent(share))
    return `<rect class="${shade(share)}" x="${index * STEP}" width="${STEP - 1}" height="${HEIGHT}"><title>${words}</title></rect>`
  })
  return `<div class="card"><div class="row"><h3 dir="auto">${title}</h3><span class="word ${state}">${say.state[state]}</span></div>${
    bars.length === 0
      ? ''
      : `<svg viewBox="0 0 ${days.length * STEP} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${told}">${bars.join('')}</svg><div class="ends"><span>${say.first}</span><span>${say.today}</span></div><p class="soft">${told}</p>`
  }</div>`
}

function shade(share: number | undefined): string {
  if (share === undefined) return 'd0'
  if (share >= GOOD) return 'd1'
  return share >= FAIR ? 'd2' : 'd3'
}
