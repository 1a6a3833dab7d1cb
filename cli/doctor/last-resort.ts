import { type Found, FoundError } from '../../shared/channels/diagnoses/finding.ts'
import type { DiagnoseLastResortIo } from '../../shared/channels/last-resorts/last-resort.ts'
import { lastResorts } from '../../shared/channels/registered/last-resorts.ts'
import { asWritten } from '../../shared/contracts/words.ts'
import { type Recipients, RecipientsError, recipientsOf } from '../../shared/delivery/last-resort-settings.ts'
import { found as foundOfChannel } from '../words/findings/channels.ts'
import { found } from '../words/findings/last-resort.ts'
import { type DeployedProbe, deployedProbes } from './deployed-probes.ts'
import { thrown } from './examine.ts'
import type { Area } from './finding.ts'
import type { Patient } from './patient.ts'
import { deployOf } from './probes.ts'

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
      subject: asWritten(`${short} (${vantage})`),
      ask: (signal) => oneVantage(vantage, tries, patient, signal),
    }))
  },
}

async function oneVantage(vantage: string, tries: Tries, patient: Patient, signal: AbortSignal): Promise<Found[]> {
  const probes = await deployedProbes(vantage, patient)
  if (probes.length === 0) return [found('not-deployed', patient.stage, deployOf(vantage, patient))]
  const told = probes.map((probe) => ({ probe, recipients: recipientsAt(vantage, probe) }))
  const silent = told.flatMap(({ probe, recipients }) => (recipients.length === 0 ? [probe.name] : []))
  if (silent.length === probes.length) return [found('nobody')]
  const some = silent.length === 0 ? [] : [found('some-silent', silent)]
  // Functions that are deployed together have the same.
  const different = [...new Map(told.map((one) => [JSON.stringify(one.recipients), one])).values()]
  const tried = different.flatMap(({ probe, recipients }) => recipients.map((each) => tries(each, probe, signal)))
  return [...some, ...(await Promise.all(tried))]
}

function recipientsAt(vantage: string, { name, env }: DeployedProbe): Recipients[] {
  try {
    return recipientsOf(env, vantage.split('/')[0] ?? '')
  } catch (error) {
    if (!(error instanceof RecipientsError)) throw error
    throw new FoundError(found('does-not-run', name, error.words))
  }
}

type Tries = (recipients: Recipients, probe: DeployedProbe, signal: AbortSignal) => Promise<Found>

/** Vantages often share their recipients: each is tried once. */
function triesOf(patient: Patient): Tries {
  const { language } = patient.config
  const made = new Map<string, Promise<Found>>()
  return (recipients, probe, signal) => {
    const key = JSON.stringify(recipients)
    const tried = made.get(key) ?? tryOne(recipients, { ...patient, language, probeEnv: probe.env }, signal)
    made.set(key, tried)
    return tried
  }
}

/** Whether the channel would reach those whom a probe names: what that is, the channel itself knows. */
async function tryOne({ type, settings }: Recipients, io: DiagnoseLastResortIo, signal: AbortSignal): Promise<Found> {
  const diagnosis = await lastResorts.find((one) => one.type === type)?.diagnose?.()
  const tried =
    diagnosis === undefined
      ? foundOfChannel('only-by-sending')
      : await diagnosis.lastResort(settings, io, signal).catch(thrown)
  const { en, zh } = tried.detail
  const count = settings.to.length
  return { ...tried, detail: { en: `${type} to ${count}: ${en}`, zh: `${type}，${count} 个收信人：${zh}` } }
}
