import type { Examination, Found } from '../../shared/channels/diagnoses/finding.ts'
import { spaced } from '../../shared/contracts/spaced.ts'
import { asWritten } from '../../shared/contracts/words.ts'
import { SILENT_PROBE_MS } from '../../shared/evaluation/vantages.ts'
import { cloudNames } from '../words/clouds.ts'
import { found } from '../words/findings/clocks.ts'
import type { Area } from './finding.ts'
import type { Patient } from './patient.ts'

/** A clock may be off by so much before somebody should hear of it. */
const NOTICE_MS = 30_000

/** Each cloud refuses signatures whose time is further off: AWS Signature V4 and TC3 five minutes, ACS3 fifteen. */
const clouds = {
  aws: { url: ({ target }: Patient) => sqsUrl(target.env), limitMs: 5 * 60_000 },
  tencent: {
    url: ({ env }: Patient) => env.FENGHUO_TENCENT_URL || 'https://sms.tencentcloudapi.com',
    limitMs: 5 * 60_000,
  },
  aliyun: {
    url: ({ env }: Patient) => env.FENGHUO_ALIYUN_URL || 'https://dysmsapi.aliyuncs.com',
    limitMs: 15 * 60_000,
  },
}
type Cloud = keyof typeof clouds

/** A date in a header has whole seconds. */
const HALF_SECOND_MS = 500

/** This machine's clock by the clouds' own, and the probes' by their reports. */
export const clocks: Area = {
  name: 'clocks',
  examinations(patient) {
    const { config, stack } = patient
    const places = Object.values(config.vantages).map((place) => place.split('/')[0])
    const known = (Object.keys(clouds) as Cloud[]).filter((cloud) => cloud === 'aws' || places.includes(cloud))
    const asked = stack === undefined ? known : []
    return [
      ...asked.map(
        (cloud): Examination => ({
          subject: { en: `here and ${cloudNames[cloud].en}`, zh: spaced`本机与${cloudNames[cloud].zh}` },
          ask: (signal) => ours(cloud, patient, signal),
        }),
      ),
      { subject: { en: 'probes', zh: '探针' }, ask: () => theirs(patient) },
    ]
  },
}

async function ours(cloud: Cloud, patient: Patient, signal: AbortSignal): Promise<Found> {
  const { url, limitMs } = clouds[cloud]
  const before = patient.now()
  // Whatever it answers to a request without a signature, it says when.
  const answer = await patient.fetch(url(patient), { signal, redirect: 'manual' })
  const after = patient.now()
  const said = Date.parse(answer.headers.get('date') ?? '')
  await answer.body?.cancel()
  if (Number.isNaN(said)) return found('no-date')
  const aheadMs = Math.round((before + after) / 2 - (said + HALF_SECOND_MS))
  if (Math.abs(aheadMs) < NOTICE_MS) return found('within', aheadMs)
  return found(Math.abs(aheadMs) < limitMs ? 'off' : 'off-too-far', aheadMs, cloudNames[cloud])
}

async function theirs(patient: Patient): Promise<Found[]> {
  const now = patient.now()
  const heard = (await patient.vantages()).filter(({ state }) => now - state.heardAt < SILENT_PROBE_MS)
  if (heard.length === 0) return [found('no-report')]
  const wrong = heard.flatMap(({ state: { vantage, function: name, skew } }) =>
    skew === undefined ? [] : [{ ...found('probe-off', skew.ms), subject: asWritten(`${vantage} ${name}`) }],
  )
  return wrong.length === 0 ? [found('probes-within', heard.length, NOTICE_MS)] : wrong
}

function sqsUrl({ AWS_ENDPOINT_URL_SQS: moved, AWS_REGION: region }: Patient['env']): string {
  return moved || `https://sqs.${region}.amazonaws.com`
}
