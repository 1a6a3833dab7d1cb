import { h } from './dom.js'
import { say } from './texts.js'

const WIDTH = 480
const HEIGHT = 40
/** At the bottom, how many looks found it up, on a strip for all the time there is no data of; above it, how long they took. */
const STRIP = 6

let chosen = 'day'
let latest

/** `day` or `week`. */
export const span = () => chosen

export function switchSpan() {
  chosen = chosen === 'day' ? 'week' : 'day'
  return readCharts()
}

/** Reads how all checks have been; what cannot be read stays as it was. */
export async function readCharts() {
  const answer = await fetch(`_local/charts?span=${chosen}`).catch(() => undefined)
  if (answer?.ok) latest = await answer.json()
}

/** The charts of a check, each for a vantage or place, with what it says above it; `key` differs when they do. */
export function chartsOf(check) {
  const series = latest?.series.filter((one) => one.check === check) ?? []
  return {
    key: series.map(({ buckets }) => [buckets.length, buckets.at(-1)]),
    of: (vantage, clock) => series.filter((one) => one.vantage === vantage).flatMap((one) => chart(one, clock)),
  }
}

function chart({ buckets }, clock) {
  const known = buckets.reduce((sum, { knownMs }) => sum + knownMs, 0)
  const up = buckets.reduce((sum, { upMs }) => sum + upMs, 0)
  const longest = Math.max(0, ...buckets.map(({ p95Ms }) => p95Ms))
  const times = longest > 0 ? ` · p95 ≤ ${longest} ms` : ''
  const words = `${percent(up / known)} ${say().chart.up}${times}`
  return [
    h('span', { class: 'quiet' }, words),
    svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': words },
      svg('rect', { class: 'unknown', x: 0, y: HEIGHT - STRIP, width: WIDTH, height: STRIP }),
      ...buckets.map((one) => bar(one, longest, clock)),
    ),
  ]
}

function bar(one, longest, clock) {
  const step = (WIDTH * latest.bucketMs) / (latest.until - latest.from)
  const x = Math.max(0, ((one.at - latest.from) / (latest.until - latest.from)) * WIDTH)
  const room = HEIGHT - STRIP - 2
  const height = (ms) => Math.max(1, (ms / longest) * room)
  const latency = (ms, name) =>
    ms > 0 && svg('rect', { class: name, x, y: room - height(ms), width: Math.max(1, step * 0.9), height: height(ms) })
  return svg(
    'g',
    {},
    svg('title', {}, hint(one, clock)),
    latency(one.p95Ms, 'p95'),
    latency(one.medianMs, 'median'),
    svg('rect', { class: word(one), x, y: HEIGHT - STRIP, width: Math.max(1, step), height: STRIP }),
  )
}

function hint({ at, runs, upMs, knownMs, medianMs, p95Ms }, clock) {
  const { chart } = say()
  const times = medianMs > 0 ? ` · ${chart.median} ${medianMs} ms, p95 ${p95Ms} ms` : ''
  return `${clock(at)} · ${percent(upMs / knownMs)} ${chart.up} (${runs} ${chart.runs})${times}`
}

/** Only what answered has a latency: what is neither up nor down and has one was slow. */
function word({ runs, up, down, medianMs }) {
  if (down > 0) return 'down'
  if (up === runs) return 'up'
  return medianMs > 0 ? 'degraded' : 'unknown'
}

/** Rounded down: what failed once is not 100%. */
function percent(share) {
  return `${Math.floor(share * 1000) / 10}%`
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children.filter((child) => child))
  return element
}
