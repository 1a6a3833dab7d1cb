import { type Found, FoundError, fault, skipped, warning } from '../../shared/channels/finding.ts'
import type { DiagnoseLastResortIo } from '../../shared/channels/last-resort.ts'
import { lastResorts } from '../../shared/channels/registered/last-resorts.ts'
import { type Recipients, recipientsOf } from '../../shared/delivery/last-resort-settings.ts'
import { type DeployedProbe, deployedProbes } from './deployed-probes.ts'
import { thrown } from './examine.ts'
import type { Area } from './finding.ts'
import type { Patient } from './patient.ts'
import { deployOf } from './probes.ts'

const SET = {
  en: 'set LAST_RESORT_… where you deploy (docs/guides/standby.md), and deploy',
  zh: '在部署的地方设置 LAST_RESORT_…（docs/guides/standby.zh-CN.md），再部署',
}

/** Whom each vantage's probe tells itself when no queue is reached, and whether they can be told. Nothing is sent. */
export const lastResort: Area = {
  name: 'last-resort',
  examinations(patient) {
    const { config, stage } = patient
    if (stage === undefined) return []
    const used = Object.entries(config.vantages).filter(([, place]) =>
      config.checks.some(({ from }) => from.includes(place)),
    )
    const tries = triesOf(patient)
    return used.map(([short, vantage]) => ({
      subject: `${short} (${vantage})`,
      look: (signal) => oneVantage(vantage, tries, patient, signal),
    }))
  },
}

async function oneVantage(vantage: string, tries: Tries, patient: Patient, signal: AbortSignal): Promise<Found[]> {
  const probes = await deployedProbes(vantage, patient)
  if (probes.length === 0)
    return [
      fault(
        { en: `nothing of stage ${patient.stage} is deployed there`, zh: `那里没有部署 stage ${patient.stage}` },
        deployOf(vantage, patient),
      ),
    ]
  const told = probes.map((probe) => ({ probe, recipients: recipientsAt(vantage, probe) }))
  const silent = told.flatMap(({ probe, recipients }) => (recipients.length === 0 ? [probe.name] : []))
  if (silent.length === probes.length)
    return [
      skipped(
        {
          en: 'nobody is named: when no queue is reached, this probe tells no one',
          zh: '没有指定任何人：连不上队列时，这个探针谁也不告诉',
        },
        SET,
      ),
    ]
  const some =
    silent.length === 0
      ? []
      : [warning(`${silent.join(', ')} would tell no one, and its neighbours would`, 'deploy again')]
  // Functions that are deployed together have the same.
  const different = [...new Map(told.map((one) => [JSON.stringify(one.recipients), one])).values()]
  const tried = different.flatMap(({ probe, recipients }) => recipients.map((each) => tries(each, probe, signal)))
  return [...some, ...(await Promise.all(tried))]
}

function recipientsAt(vantage: string, { name, env }: DeployedProbe): Recipients[] {
  try {
    return recipientsOf(env, vantage.split('/')[0] ?? '')
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new FoundError(fault(`${name} does not run: ${error.message}`, SET))
  }
}

type Tries = (recipients: Recipients, probe: DeployedProbe, signal: AbortSignal) => Promise<Found>

/** Vantages often share their recipients: each is tried once. */
function triesOf(patient: Patient): Tries {
  const { language } = patient.config
  const made = new Map<string, Promise<Found>>()
  return (recipients, probe, signal) => {
    const key = JSON.stringify(recipients)
    const found = made.get(key) ?? tryOne(recipients, { ...patient, language, probeEnv: probe.env }, signal)
    made.set(key, found)
    return found
  }
}

/** Whether the channel would reach those whom a probe names: what that is, the channel itself knows. */
async function tryOne({ type, settings }: Recipients, io: DiagnoseLastResortIo, signal: AbortSignal): Promise<Found> {
  const diagnosis = await lastResorts.find((one) => one.type === type)?.diagnose?.()
  const found =
    diagnosis === undefined
      ? skipped({ en: 'nothing tells without sending', zh: '不发送就无从得知' })
      : await diagnosis.lastResort(settings, io, signal).catch(thrown)
  const { zh } = found
  const chinese = zh && { ...zh, detail: `${type}，${settings.to.length} 个收信人：${zh.detail}` }
  return { ...found, detail: `${type} to ${settings.to.length}: ${found.detail}`, ...(chinese && { zh: chinese }) }
}
