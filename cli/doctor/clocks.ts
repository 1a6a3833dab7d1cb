import { type Examination, type Found, fault, ok, skipped, warning } from '../../shared/channels/finding.ts'
import { SILENT_PROBE_MS } from '../../shared/evaluation/vantages.ts'
import { several } from '../words/counts.ts'
import type { Area } from './finding.ts'
import type { Patient } from './patient.ts'

/** A clock may be off by so much before somebody should hear of it. */
const NOTICE_MS = 30_000

/** Each cloud refuses signatures whose time is further off: AWS Signature V4 and TC3 five minutes, ACS3 fifteen. */
const clouds = {
  aws: { name: 'AWS', url: ({ target }: Patient) => sqsUrl(target.env), limitMs: 5 * 60_000 },
  tencent: {
    name: 'Tencent Cloud',
    url: ({ env }: Patient) => env.FENGHUO_TENCENT_URL || 'https://sms.tencentcloudapi.com',
    limitMs: 5 * 60_000,
  },
  aliyun: {
    name: 'Alibaba Cloud',
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
          subject: `here and ${clouds[cloud].name}`,
          look: (signal) => ours(cloud, patient, signal),
        }),
      ),
      { subject: 'probes', look: () => theirs(patient) },
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
  if (Number.isNaN(said)) return skipped({ en: 'the answer bears no date', zh: '应答没有日期' })
  const aheadMs = Math.round((before + after) / 2 - (said + HALF_SECOND_MS))
  if (Math.abs(aheadMs) < NOTICE_MS)
    return ok({
      en: `within ${Math.ceil(Math.abs(aheadMs) / 1000)} s`,
      zh: `相差不到 ${Math.ceil(Math.abs(aheadMs) / 1000)} 秒`,
    })
  const detail = `this machine is ${offBy(aheadMs)} ${clouds[cloud].name}`
  const remedy = "set this machine's clock, by NTP"
  return Math.abs(aheadMs) < limitMs ? warning(detail, remedy) : fault(`${detail}: signatures are refused`, remedy)
}

async function theirs(patient: Patient): Promise<Found[]> {
  const now = patient.now()
  const heard = (await patient.vantages()).filter(({ state }) => now - state.heardAt < SILENT_PROBE_MS)
  if (heard.length === 0) return [skipped({ en: 'no report to tell by', zh: '没有上报可以比较' })]
  const wrong = heard.flatMap(({ state: { vantage, function: name, skew } }) =>
    skew === undefined ? [] : [{ subject: `${vantage} ${name}`, aheadMs: skew.ms }],
  )
  if (wrong.length === 0)
    return [ok(`by the last reports of ${several(heard.length, 'function', 'en')}: within ${NOTICE_MS / 1000} s`)]
  return wrong.map(({ subject, aheadMs }) => {
    const late = aheadMs < 0 ? ', or its last report came that late' : ''
    const remedy = "look at the function's log for reports that came late; nothing of ours sets the clock of a cloud"
    return { ...warning(`${offBy(aheadMs)} the queue's clock${late}`, remedy), subject }
  })
}

function offBy(aheadMs: number): string {
  return `${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`
}

function sqsUrl({ AWS_ENDPOINT_URL_SQS: moved, AWS_REGION: region }: Patient['env']): string {
  return moved || `https://sqs.${region}.amazonaws.com`
}
