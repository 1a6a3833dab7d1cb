import { type Found, FoundError } from '../../shared/channels/diagnoses/finding.ts'
import { AwsRefusal } from '../../shared/clouds/aws/json-service.ts'
import { spaced } from '../../shared/contracts/spaced.ts'
import type { Bilingual, Instant } from '../../shared/contracts/words.ts'
import { type Difference, differencesOf, idleBy, type Seen } from '../../shared/engine/regions/differences.ts'
import { deliveriesOf } from '../../shared/evaluation/deliveries.ts'
import { readVantages } from '../../shared/store/vantages.ts'
import { checksOf } from '../engine.ts'
import { lookAtRegion } from '../region-state.ts'
import type { Target } from '../target.ts'
import { found } from '../words/findings/regions.ts'
import type { Area } from './finding.ts'
import type { Patient } from './patient.ts'

/** Whether what a region takes is worked on, and whether each of several has what the first of them has. */
export const regions: Area = {
  name: 'regions',
  examinations: (patient) => [
    { subject: { en: 'canary', zh: '探路消息' }, ask: () => look(patient) },
    ...(patient.others?.length
      ? [{ subject: { en: 'reports', zh: '报告' }, ask: () => reportsBrought(patient, patient.others ?? []) }]
      : []),
  ],
}

async function look(patient: Patient): Promise<Found[]> {
  const { config, target, first } = patient
  const own = await lookAtRegion(target, config, patient).catch((error: unknown) => {
    throw isNotThere(error) ? new FoundError(found('no-stack', target.region, patient.stage)) : error
  })
  const worked = workedBy(own, patient.now())
  // One by itself has nothing otherwise than itself, but may have a wrong clock.
  if (first === undefined) return [worked, ...differing(own, own, patient)]
  const subject: Bilingual = { en: `beside ${first.region}`, zh: spaced`与 ${first.region}` }
  return [worked, ...(await beside(first, own, patient)).map((one) => ({ ...one, subject }))]
}

/** By what all regions have heard of it: one that gets no report hears of none. Nothing until something is told. */
async function reportsBrought(patient: Patient, others: Target[]): Promise<Found[]> {
  const { config, target, log } = patient
  const names = Object.values(config.vantages)
  const elsewhere = others.map((one) => readVantages(names, { checks: checksOf(one), log }).catch(() => []))
  const own = patient.vantages().catch(() => [])
  const told = (await Promise.all([own, ...elsewhere])).flat().map(({ state }) => state)
  const [deliveries] = deliveriesOf([target.region], told, patient.now())
  const { taken = [], failing = [] } = deliveries ?? {}
  if (failing.length > 0) return [found('reports-missing', failing, patient.now())]
  return taken.length === 0 ? [] : [found('reports', taken.length)]
}

/** A table that is in no stack. DynamoDB API reference, common errors of items. */
function isNotThere(error: unknown): boolean {
  return error instanceof AwsRefusal && error.name === 'ResourceNotFoundException'
}

function workedBy({ canary }: Seen, now: Instant): Found {
  const idle = idleBy(canary, now)
  if (idle?.code === 'late') return found('late', idle.args.agoMs)
  return canary === undefined ? found('never-worked') : found('worked', now - canary.at)
}

async function beside(first: NonNullable<Patient['first']>, own: Seen, patient: Patient): Promise<Found[]> {
  // What keeps the first from being read is told of where that one is looked at.
  const other = await lookAtRegion(first, patient.config, patient).catch(() => undefined)
  if (other === undefined) return [found('first-unread', first.region)]
  const all = differing(other, own, patient)
  return all.length === 0 ? [found('same')] : all
}

function differing(first: Seen, own: Seen, { stage }: Patient): Found[] {
  return differencesOf(first, own).map((one) => differenceFound(one, stage))
}

function differenceFound(difference: Difference, stage: string | undefined): Found {
  switch (difference.code) {
    case 'other-secret':
      return found('other-secret')
    case 'clock':
      return found('clock', difference.args.aheadMs)
    case 'people':
      return found('people', difference.args.projects, stage)
    case 'silences':
      return found('silences', difference.args.count)
    case 'version':
      return found('version', difference.args.version, stage)
  }
}
