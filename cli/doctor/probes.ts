import { type Examination, type Found, typed } from '../../shared/channels/diagnoses/finding.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import { asWritten, type Bilingual } from '../../shared/contracts/words.ts'
import { staleAfterMs } from '../../shared/evaluation/consensus.ts'
import { checkKey } from '../../shared/evaluation/record.ts'
import { lastingTroubles, SILENT_PROBE_MS, seenOf, type VantageRecords } from '../../shared/evaluation/vantages.ts'
import { probeConfigs } from '../deploy/deployments.ts'
import { found } from '../words/findings/probes.ts'
import type { Area } from './finding.ts'
import { networkOf } from './network.ts'
import type { Patient } from './patient.ts'

/** Every vantage's functions report, so their timers fire and the queue is reached from there; and what they run is one version. */
export const probes: Area = {
  name: 'probes',
  examinations(patient) {
    const { config } = patient
    const own = Object.entries(config.vantages).map(([short, vantage]) => ({
      subject: asWritten(`${short} (${vantage})`),
      ask: () => oneVantage(vantage, patient),
    }))
    const networks = Object.entries(config.vantages).flatMap(([short, vantage]): Examination[] => {
      const network = config.networks?.[vantage]
      if (network === undefined || patient.stage === undefined) return []
      const ask = () => networkOf(vantage, network, deployOf(vantage, patient), patient)
      const [en, zh] = [`network of ${short} (${vantage})`, `${short}（${vantage}）的网络`]
      return [{ subject: { en, zh }, ask }]
    })
    return [...own, ...networks, { subject: { en: 'versions', zh: '版本' }, ask: () => versions(patient) }]
  },
}

async function oneVantage(vantage: string, patient: Patient): Promise<Found | Found[]> {
  const { config, stack } = patient
  const checks = config.checks.filter(({ from }) => from.includes(vantage))
  const all = await patient.vantages()
  const here = all.filter(({ state }) => state.vantage === vantage)
  if (here.length === 0) {
    if (checks.length === 0) return found('no-check')
    const played = stack && [...new Set(Object.values(stack.probes))]
    if (played && !played.includes(vantage)) return found('not-played', played)
    return found('never-reported', deployOf(vantage, patient))
  }
  const now = patient.now()
  const functions = here.flatMap((one) => silentFunction(one, here, checks, patient) ?? [])
  if (functions.length > 0) return functions
  // An AWS probe runs all its checks; in other clouds the function for some kind of check may be missing.
  const unseen = checks.filter((check) => !isFresh(check, here, now))
  if (unseen.length > 0)
    return found(
      'not-of-some',
      unseen.map(({ id }) => id),
      deployOf(vantage, patient),
    )
  if (lastingTroubles(config, all, now).get(vantage) === 'faulty') return found('faulty')
  const heardAt = Math.max(...here.map(({ state }) => state.heardAt))
  return found('heard', checks.length, now - heardAt)
}

/** What to say of a function that is silent; undefined if it is heard, or others have taken over all that it ran. */
function silentFunction(
  { state, records }: VantageRecords,
  here: VantageRecords[],
  checks: CompiledCheck[],
  patient: Patient,
): Found | undefined {
  const now = patient.now()
  if (now - state.heardAt < SILENT_PROBE_MS) return undefined
  const its = checks.filter(({ id }) => records.has(checkKey(id)))
  const left = its.filter((check) => !isFresh(check, here, now))
  // A probe without a check reports all the same.
  if (left.length === 0 && here.some((one) => now - one.state.heardAt < SILENT_PROBE_MS)) return undefined
  return found('silent', state.function, now - state.heardAt)
}

function isFresh(check: CompiledCheck, here: VantageRecords[], now: number): boolean {
  return seenOf(check, here).some(({ at }) => now - at <= staleAfterMs(check))
}

/** The clouds' own versions are counted for each function and region: only what the configuration brings says something. */
const cloudsOwn = /^(\$LATEST|\d+|LATEST|local|unknown|)$/

async function versions(patient: Patient): Promise<Found> {
  const now = patient.now()
  const heard = (await patient.vantages()).filter(({ state }) => now - state.heardAt < SILENT_PROBE_MS)
  const told = heard.filter(({ state }) => !cloudsOwn.test(state.version ?? ''))
  if (heard.length === 0) return found('no-report')
  if (told.length === 0) return found('clouds-number')
  const byVersion = Map.groupBy(told, ({ state }) => state.version ?? '')
  const [first = ''] = byVersion.keys()
  const ours = patient.version()
  if (byVersion.size === 1) return first === ours ? found('one-version', first) : found('other-version', first, ours)
  const each = [...byVersion].map(([version, ones]) => ({
    version,
    vantages: ones.map(({ state }) => state.vantage),
  }))
  return found('versions-differ', each)
}

/** What brings a vantage's probe there. */
export function deployOf(vantage: string, { stage, target }: Patient): Bilingual {
  const [cloud = '', region] = vantage.split('/')
  if (stage === undefined)
    return { en: 'wait a minute; look at the logs in .fenghuo', zh: '等一分钟；看 .fenghuo 里的日志' }
  const home = target.env.AWS_REGION
  const place = `--stage ${stage} --region ${region}`
  if (vantage === `aws/${home}`) return typed(`npx sls deploy ${place}`)
  const primary = cloud === 'aws' ? ` --param="primaryRegion=${home}"` : ''
  return typed(`npx sls deploy --config ${probeConfigs[cloud]} ${place}${primary}`)
}
