import { shareOf, type Uptime, uptimeDays } from '../../../../shared/engine/console/uptime.ts'
import {
  maintenanceOf,
  phaseNames,
  type Series,
  seriesIn,
  viewCheck,
} from '../../../../shared/engine/console/view-check.ts'
import { summarise } from '../../../../shared/engine/console/view-checks.ts'
import { vantageProofs } from '../../../../shared/engine/console/view-now.ts'
import { canaryIn } from '../../../../shared/store/canary.ts'
import { readableProofs, readableVantage } from '../../access/readable.ts'
import type { Handlers } from '../asked.ts'
import type { history } from '../contract/history.ts'
import { noSuchCheck } from '../no-such-check.ts'
import { pageOf } from '../paging.ts'

const iso = (at: number) => new Date(at).toISOString()

export const historyHandlers: Handlers<keyof typeof history> = {
  async readHistory({ params: { project, name }, query, rights, io }, { config, histories }) {
    const id = `${project}/${name}`
    const { span } = query
    const isTheirs = config.checks.some((check) => check.id === id && rights.can('viewer', check.project))
    if (!isTheirs) throw noSuchCheck(id)
    const [seen, past] = await Promise.all([viewCheck(id, span, config, io), histories([id], span)])
    if (seen === undefined) throw noSuchCheck(id)
    const [summary] = summarise([seen], past.all, past.at)
    const series = seriesIn(id, span, past.all)
    const { shown, next } = pageOf(series, ({ vantage }) => vantage, query)
    const { check, verdict, from, until, barMs, incidents } = seen
    return {
      body: {
        id,
        verdict,
        from: iso(from),
        until: iso(until),
        barMs,
        uptime: uptimeDays.map((days, index) => ({ days, ...uptimeIn(days, summary?.uptime[index]) })),
        vantages: shown.map(seriesResource),
        incidents: incidents.map(({ number }) => number),
        maintenance: maintenanceOf(series, check).map(([start, end]) => ({ from: iso(start), until: iso(end) })),
        ...next,
      },
    }
  },

  async readProofs({ rights, io }, { config, proofs: known }) {
    const [vantages, proofs, canary] = await Promise.all([vantageProofs(config, io), known(), canaryIn(io)])
    const { channels, inbound } = readableProofs(proofs, rights)
    return {
      body: {
        vantages: vantages
          .map((one) => readableVantage(one, rights))
          .map(({ vantage, heardAt, checks, up }) => ({
            ...{ vantage, checks, up },
            ...(heardAt && { heardAt: iso(heardAt) }),
          })),
        channels: channels.map(({ to, project, at }) => ({ ...to, project, at: iso(at) })),
        inbound: inbound.map(({ at, ...one }) => ({ ...one, at: iso(at) })),
        ...(canary && { canaryAt: iso(canary.at) }),
      },
    }
  },
}

function seriesResource({ vantage, bars, band, usual, phases, share }: Series) {
  return {
    vantage,
    ...shareIn(share),
    ...(usual && { usual }),
    ...phasesIn(phases),
    ...(band && { band }),
    bars: bars.map(({ at, runs, up, down, upMs, knownMs, medianMs, p95Ms, phases: own }) => ({
      ...{ at: iso(at), runs, up, down, medianMs, p95Ms },
      ...shareIn(shareOf([{ upMs, knownMs }])),
      ...phasesIn(own),
    })),
  }
}

function uptimeIn(days: number, known: Uptime | undefined) {
  if (known === undefined) return {}
  const { share, since, judged } = known
  return { share, since: iso(since), ...(days === 1 ? { judgedHours: judged } : { judgedDays: judged }) }
}

function shareIn(share: number | undefined) {
  return share === undefined ? {} : { share }
}

function phasesIn(phases: Series['phases']) {
  if (phases === undefined) return {}
  const known = phaseNames.flatMap((name, index) =>
    phases[index] === undefined ? [] : [[name, phases[index]] as const],
  )
  return { phases: Object.fromEntries(known) as Record<(typeof phaseNames)[number], NonNullable<Series['usual']>> }
}
