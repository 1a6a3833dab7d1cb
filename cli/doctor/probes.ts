import { type Examination, type Found, fault, ok, skipped, warning } from '../../shared/channels/finding.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import { staleAfterMs } from '../../shared/evaluation/consensus.ts'
import { checkKey } from '../../shared/evaluation/record.ts'
import { lastingTroubles, SILENT_PROBE_MS, seenOf, type VantageRecords } from '../../shared/evaluation/vantages.ts'
import { shortDuration } from '../../shared/messages/times.ts'
import { probeConfigs } from '../deploy/deployments.ts'
import { several } from '../words/counts.ts'
import type { Area } from './finding.ts'
import { networkOf } from './network.ts'
import type { Patient } from './patient.ts'

/** A sentence names no more checks. */
const NAMED = 3

/** Every vantage's functions report, so their timers fire and the queue is reached from there; and what they run is one version. */
export const probes: Area = {
  name: 'probes',
  examinations(patient) {
    const { config } = patient
    const own = Object.entries(config.vantages).map(([short, vantage]) => ({
      subject: `${short} (${vantage})`,
      look: () => oneVantage(vantage, patient),
    }))
    const networks = Object.entries(config.vantages).flatMap(([short, vantage]): Examination[] => {
      const network = config.networks?.[vantage]
      if (network === undefined || patient.stage === undefined) return []
      const look = () => networkOf(vantage, network, deployOf(vantage, patient), patient)
      return [{ subject: `network of ${short} (${vantage})`, look }]
    })
    return [...own, ...networks, { subject: 'versions', look: () => versions(patient) }]
  },
}

async function oneVantage(vantage: string, patient: Patient): Promise<Found | Found[]> {
  const { config, stack } = patient
  const checks = config.checks.filter(({ from }) => from.includes(vantage))
  const all = await patient.vantages()
  const here = all.filter(({ state }) => state.vantage === vantage)
  if (here.length === 0) {
    if (checks.length === 0) return skipped({ en: 'no check runs from here', zh: '没有检查从这里执行' })
    const played = stack && [...new Set(Object.values(stack.probes))]
    if (played && !played.includes(vantage))
      return skipped({ en: `the local stack plays ${played.join(', ')}`, zh: `本地栈扮演的是 ${played.join('、')}` })
    return fault({ en: 'has never reported', zh: '从未上报' }, deployOf(vantage, patient))
  }
  const now = patient.now()
  const functions = here.flatMap((one) => silentFunction(one, here, checks, patient) ?? [])
  if (functions.length > 0) return functions
  // An AWS probe runs all its checks; in other clouds the function for some kind of check may be missing.
  const unseen = checks.filter((check) => !isFresh(check, here, now))
  if (unseen.length > 0)
    return fault(
      { en: `reports, but not of ${namesOf(unseen)}`, zh: `有上报，但没有 ${namesOf(unseen)}` },
      `${deployOf(vantage, patient)}; or bin/fenghuo.js check from there if it is deployed`,
    )
  if (lastingTroubles(config, all, now).get(vantage) === 'faulty')
    return warning(
      {
        en: 'faulty: most of its checks fail while others see them up, so it has no vote',
        zh: '异常：多数检查失败而别处正常，不参与判定',
      },
      { en: 'look at this region and at the way from there', zh: '查看这个区域，以及从那里出去的路径' },
    )
  const heardAt = Math.max(...here.map(({ state }) => state.heardAt))
  return ok(`${several(checks.length, 'check', 'en')}, heard ${ago(now - heardAt)}`)
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
  const detail = `${state.function} is silent: last heard ${ago(now - state.heardAt)}`
  return fault(detail, {
    en: 'look at its log and timer; its report may not reach the queue: key, network',
    zh: '查看它的日志和定时器；上报可能到不了队列：密钥、网络',
  })
}

function isFresh(check: CompiledCheck, here: VantageRecords[], now: number): boolean {
  return seenOf(check, here).some(({ at }) => now - at <= staleAfterMs(check))
}

const DEPLOY = 'deploy this checkout everywhere: bin/fenghuo.js deploy'

/** The clouds' own versions are counted for each function and region: only what the configuration brings says something. */
const cloudsOwn = /^(\$LATEST|\d+|LATEST|local|unknown|)$/

async function versions(patient: Patient): Promise<Found> {
  const now = patient.now()
  const heard = (await patient.vantages()).filter(({ state }) => now - state.heardAt < SILENT_PROBE_MS)
  const told = heard.filter(({ state }) => !cloudsOwn.test(state.version ?? ''))
  if (heard.length === 0) return skipped({ en: 'no report to tell by', zh: '没有上报可以比较' })
  if (told.length === 0)
    return skipped({ en: 'the clouds number them by themselves: nothing to compare', zh: '各家云自己编号，无从比较' })
  const byVersion = Map.groupBy(told, ({ state }) => state.version ?? '')
  const [first = ''] = byVersion.keys()
  const ours = patient.version()
  if (byVersion.size === 1 && first === ours)
    return ok({ en: `all run ${first}, as this checkout is`, zh: `都运行 ${first}，与这份代码相同` })
  if (byVersion.size === 1)
    return warning(
      { en: `all run ${first}, and this checkout is ${ours}`, zh: `都运行 ${first}，而这份代码是 ${ours}` },
      DEPLOY,
    )
  const list = [...byVersion].map(
    ([version, ones]) => `${version} at ${ones.map(({ state }) => state.vantage).join(', ')}`,
  )
  return warning(`differ: ${list.join('; ')}`, DEPLOY)
}

/** The command that deploys a vantage's probe. */
export function deployOf(vantage: string, { stage, target }: Patient): string {
  const [cloud = '', region] = vantage.split('/')
  if (stage === undefined) return 'wait a minute; look at the logs in .fenghuo'
  const home = target.env.AWS_REGION
  const place = `--stage ${stage} --region ${region}`
  if (vantage === `aws/${home}`) return `npx sls deploy ${place}`
  const primary = cloud === 'aws' ? ` --param="primaryRegion=${home}"` : ''
  return `npx sls deploy --config ${probeConfigs[cloud]} ${place}${primary}`
}

function namesOf(checks: CompiledCheck[]): string {
  const names = checks.slice(0, NAMED).map(({ id }) => id)
  const rest = checks.length - names.length
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}

function ago(ms: number): string {
  return ms < 60_000 ? `${Math.max(0, Math.round(ms / 1000))} s ago` : `${shortDuration(ms, 'en')} ago`
}
