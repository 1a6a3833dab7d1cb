import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

const HEIGHT = 190
/** How many runs found it up, at the bottom, in pixels of the style. */
const STRIP = 7
/** Between the lines of what is hatched, in pixels of the style. */
const HATCH = 7
const heats = {
  up: ['good', 1],
  degraded: ['warn', 1],
  some: ['ember', 0.55],
  down: ['ember', 1],
  unknown: ['line', 1],
}
const DAY_S = 86_400
/** Nobody looks closer: it is a few runs. */
const CLOSEST_S = 300

/** Charts by the figure that they stand in, and what they show. */
const drawn = new Map()
/** The stretch of all charts of a page that somebody has chosen; undefined: the whole. */
let zoomed
/** Writes a time in the zone of the page. */
let zoneTime
/** From when until when the page looks, whatever was measured of it. */
let span

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const { plot } of drawn.values()) plot.redraw()
})

const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) drawn.get(target)?.plot.setSize({ width: target.clientWidth, height: HEIGHT })
})

/** Has each chart of a section drawn so that a pointer can look into it, in place of the picture that the server sent. */
export function draw(section) {
  for (const [figure, { plot }] of drawn) if (!figure.isConnected) forget(figure, plot)
  for (const figure of section.querySelectorAll('figure[data-series]')) drawIn(figure, section.dataset.charts)
  const { zone, from, until } = JSON.parse(section.dataset.charts)
  zoneTime = timesIn(zone)
  span = [from, until]
  const hint = section.querySelector('.zoom')
  hint.hidden = false
  for (const button of hint.querySelectorAll('button')) button.onclick = () => look(button.dataset.look)
  show(zoomed)
}

function drawIn(figure, charts) {
  const says = charts + figure.dataset.series
  const known = drawn.get(figure)
  if (known?.says === says) return
  if (known) forget(figure, known.plot)
  const holder = document.createElement('div')
  // The picture stays for who is read to.
  holder.ariaHidden = 'true'
  Object.assign(holder.dataset, { drawn: '', keep: '' })
  figure.querySelector('svg').before(holder)
  const all = JSON.parse(charts)
  const own = JSON.parse(figure.dataset.series)
  const rows = rowsOf(own.bars, all.barS)
  const plot = new uPlot(optionsFor(figure, all, own, rows), dataOf(rows, all.layers.length), holder)
  drawn.set(figure, { plot, says })
  resized.observe(figure)
}

function forget(figure, plot) {
  resized.unobserve(figure)
  plot.root.parentElement?.remove()
  plot.destroy()
  drawn.delete(figure)
}

/** Bars `[at, heat, p95, …each layer]` as points: each holds until the next, and what is missing is a gap. */
function rowsOf(bars, barS) {
  const rows = []
  for (const [index, bar] of bars.entries()) {
    rows.push(bar)
    const next = bars[index + 1]?.[0]
    const end = bar[0] + barS
    if (next === undefined) rows.push([end, ...bar.slice(1)])
    else if (next > end) rows.push([end])
  }
  return rows
}

/** The times, each layer on top of those before it, the highest first, and the slowest. */
function dataOf(rows, layers) {
  const height = (row, upTo) => (row.length === 1 ? null : row.slice(3, 3 + upTo).reduce((sum, ms) => sum + ms, 0))
  const stacked = Array.from({ length: layers }, (_, index) => rows.map((row) => height(row, layers - index)))
  return [rows.map(([at]) => at), ...stacked, rows.map(([, , p95]) => p95 || null)]
}

function optionsFor(figure, all, own, rows) {
  const { layers, from, until, zone, highest, says } = all
  const ink = (name) => () => getComputedStyle(figure).getPropertyValue(`--${name}`)
  const stepped = uPlot.paths.stepped({ align: 1 })
  const time = timesIn(zone)
  const layer = ({ name, paint }, index) => ({
    label: name,
    fill: ink(paint),
    stroke: ink(paint),
    width: 0,
    paths: stepped,
    points: { show: false },
    value: (_, __, ___, at) => (at === null ? '–' : latency(rows[at]?.[3 + index])),
  })
  const axis = {
    stroke: ink('soft'),
    grid: { stroke: ink('line'), width: 1 },
    ticks: { stroke: ink('line'), width: 1 },
  }
  return {
    width: figure.clientWidth,
    height: HEIGHT,
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), zone),
    cursor: { sync: { key: 'charts' }, drag: { x: true, y: false } },
    scales: {
      x: { range: (u, min, max) => (isWhole(u, min, max) ? [from, until] : [min, max]) },
      // Below nothing is the strip.
      y: { range: [-highest * 0.08, highest * 1.05] },
    },
    axes: [
      { ...axis, values: (_, splits, __, ___, step) => splits.map((at) => time(at, step)) },
      { ...axis, size: 56, values: (_, splits) => splits.map((ms) => (ms < 0 ? '' : latency(ms))) },
    ],
    series: [
      { label: says.time, value: (_, at) => (at === null ? '–' : time(at, 0)) },
      ...layers.map(layer).toReversed(),
      {
        label: says.p95,
        stroke: ink('soft'),
        width: 1.2,
        paths: stepped,
        points: { show: false },
        value: (_, ms) => latency(ms),
      },
    ],
    hooks: {
      drawClear: [(u) => paint(u, all, own, ink)],
      draw: [(u) => paintStrip(u, all, own, ink), (u) => hatch(u, all, ink)],
      setScale: [
        (u, key) =>
          key === 'x' &&
          chosen(isWhole(u, u.scales.x.min, u.scales.x.max) ? undefined : [u.scales.x.min, u.scales.x.max]),
      ],
    },
  }

  function isWhole(u, min, max) {
    const [first, last] = [u.data[0][0], u.data[0].at(-1)]
    return (min <= first && max >= last) || (min === from && max === until)
  }
}

/** Behind what was measured: incidents, and what is usual. */
function paint(u, { incidents }, { band }, ink) {
  const { left, top, width, height } = u.bbox
  const x = (at) => Math.min(left + width, Math.max(left, u.valToPos(at, 'x', true)))
  const y = (ms) => Math.min(top + height, Math.max(top, u.valToPos(ms, 'y', true)))
  const fill = (name, [x1, y1], [x2, y2]) => {
    u.ctx.fillStyle = ink(name)()
    u.ctx.fillRect(x1, y1, x2 - x1, y2 - y1)
  }
  for (const [since, to] of incidents) fill('trouble', [x(since), top], [Math.max(x(since) + 2, x(to)), top + height])
  if (band) fill('band', [left, y(band[1])], [left + width, y(band[0])])
}

function paintStrip(u, { barS }, { bars }, ink) {
  const { left, top, width, height } = u.bbox
  const x = (at) => Math.min(left + width, Math.max(left, u.valToPos(at, 'x', true)))
  const deep = STRIP * devicePixelRatio
  for (const [at, heat] of bars) {
    const [name, alpha] = heats[heat]
    u.ctx.globalAlpha = alpha
    u.ctx.fillStyle = ink(name)()
    u.ctx.fillRect(x(at), top + height - deep, x(at + barS) - x(at), deep)
  }
  u.ctx.globalAlpha = 1
}

/** Maintenance, over what was measured meanwhile: both can be seen. */
function hatch(u, { windows }, ink) {
  if (windows.length === 0) return
  const { left, top, width, height } = u.bbox
  const { ctx } = u
  const x = (at) => Math.min(left + width, Math.max(left, u.valToPos(at, 'x', true)))
  ctx.save()
  ctx.beginPath()
  for (const [since, to] of windows) ctx.rect(x(since), top, Math.max(2, x(to) - x(since)), height)
  ctx.clip()
  ctx.globalAlpha = 0.35
  ctx.fillStyle = ink('card')()
  ctx.fillRect(left, top, width, height)
  ctx.globalAlpha = 1
  ctx.beginPath()
  for (let at = left - height; at < left + width; at += HATCH * devicePixelRatio) {
    ctx.moveTo(at, top + height)
    ctx.lineTo(at + height, top)
  }
  ctx.strokeStyle = ink('hatch')()
  ctx.lineWidth = devicePixelRatio
  ctx.stroke()
  ctx.restore()
}

/** A chart has chosen a stretch: the others show the same, so that they can be compared. */
function chosen(stretch) {
  if (stretch?.[0] === zoomed?.[0] && stretch?.[1] === zoomed?.[1]) return
  show(stretch)
}

/** As a drag or a double-click does, for who has no pointer at hand. */
function look(how) {
  const [from, until] = zoomed ?? measured()
  const half = Math.round((until - from) / 2)
  if (how === 'whole') {
    show(undefined)
    document.querySelector('.zoom [data-look=closer]').focus()
  } else if (how === 'closer') {
    const width = Math.min(until - from, Math.max(half, CLOSEST_S))
    const at = from + Math.round((until - from - width) / 2)
    show([at, at + width])
  } else {
    // A stretch stays within what the page looks at, wherever its measurements end.
    const left = how === 'earlier' ? from - span[0] : span[1] - until
    const by = Math.max(0, Math.min(half, left)) * (how === 'earlier' ? -1 : 1)
    show([from + by, until + by])
  }
}

/** From the first to the last that any chart has. */
function measured() {
  const all = [...drawn.values()].map(({ plot }) => [plot.data[0][0], plot.data[0].at(-1)])
  return [Math.min(...all.map(([first]) => first)), Math.max(...all.map(([, last]) => last))]
}

function show(stretch) {
  zoomed = stretch
  for (const { plot } of drawn.values()) {
    const { min, max } = plot.scales.x
    const [from, until] = stretch ?? [plot.data[0][0], plot.data[0].at(-1)]
    if (min !== from || max !== until) plot.setScale('x', { min: from, max: until })
  }
  for (const button of document.querySelectorAll('.zoom button'))
    button.hidden = stretch === undefined && button.dataset.look !== 'closer'
  const said = document.querySelector('.zoom output')
  if (said) said.value = stretch === undefined ? '' : stretch.map((at) => zoneTime(at, 0)).join(' – ')
}

/** Writes times in the zone of the page: the day at its beginning, and wherever days are far apart. */
function timesIn(timeZone) {
  const format = (options) => new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options })
  const clock = format({ hour: '2-digit', minute: '2-digit' })
  const date = format({ month: '2-digit', day: '2-digit' })
  return (at, step) => {
    const when = new Date(at * 1000)
    const parts = Object.fromEntries(date.formatToParts(when).map(({ type, value }) => [type, value]))
    const [day, time] = [`${parts.month}-${parts.day}`, clock.format(when)]
    if (step === 0) return `${day} ${time}`
    return step >= DAY_S || time === '00:00' ? day : time
  }
}

function latency(ms) {
  if (ms === null || ms === undefined) return '–'
  return ms < 1000 ? `${Math.round(ms)}ms` : `${(ms / 1000).toFixed(1)}s`
}
