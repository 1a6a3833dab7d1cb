import { expect } from 'vitest'
import { examine } from '../../../cli/doctor/examine.ts'
import type { Area, Finding } from '../../../cli/doctor/finding.ts'
import { type LambdaFunction, type Patient, patientOf } from '../../../cli/doctor/patient.ts'
import { inLanguage } from '../../../cli/doctor/tell.ts'
import { loadConfig } from '../../../shared/config/load.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import type { Contact, Directory } from '../../../shared/oncall/plan.ts'
import { fenghuoYml } from '../terminal.ts'

export const region = 'ap-southeast-1'
export const now = Date.parse('2026-11-22T02:13:00+08:00')

/** The configuration of a text, and what is wrong with the text if it has none. */
export function configOf(text: string) {
  const { config, problems } = loadConfig(text, 'fenghuo.yml')
  if (config === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  return config
}

/** A deployment of stage `prod`; `env` is the environment of whoever asks, which signs as its keys say. */
export function patientWith(env: Record<string, string> = {}, overrides: Partial<Patient> = {}): Patient {
  const all = { AWS_REGION: region, AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'secret', ...env }
  const target = {
    name: 'fenghuo-prod',
    region: 'ap-southeast-1',
    env: all,
    tables: { contacts: 'contacts', incidents: 'incidents', checks: 'checks', regions: 'regions' },
    queueUrl: async (queue: string) => `http://127.0.0.1:1/${queue}`,
  }
  const io = { root: '/nowhere', env: all, now: () => now, fetch, randomId: () => 'nonce' }
  const { now: clock = io.now } = overrides
  const config = overrides.config ?? configOf(fenghuoYml)
  return {
    ...patientOf({ config, target, stage: 'prod' }, { ...io, now: clock }),
    version: () => '0.1.0+a',
    ...overrides,
  }
}

/**
 * `status subject: detail` of each finding, in English. Fails if something that is not well comes without a remedy, and if what is told in
 * Chinese is not.
 */
export async function lines(area: Area, patient: Patient): Promise<string[]> {
  const findings = await examine([area], patient, { limit: () => AbortSignal.timeout(5000) })
  const isWrong = ({ status }: Finding) => status === 'fault' || status === 'warning'
  expect(findings.filter((finding) => isWrong(finding) && !finding.remedy)).toEqual([])
  expect(findings.filter(({ detail, remedy }) => isEnglish(detail) || (remedy && isEnglish(remedy)))).toEqual([])
  return findings.map((finding) => {
    const { status, subject, detail } = inLanguage(finding, 'en')
    return `${status} ${subject}: ${detail}`
  })
}

/** Whether the Chinese of something has no word of Chinese, and is no command either. */
function isEnglish({ zh }: Bilingual): boolean {
  return !/\p{Script=Han}|^(npx|aws|bin\/fenghuo\.js) |^HTTP \d+$/u.test(zh)
}

/** A deployed function with these variables. */
export function deployed(env: Record<string, string>): LambdaFunction {
  return {
    FunctionArn: `arn:aws:lambda:${region}:123456789012:function:fenghuo-prod-acknowledge`,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    Runtime: 'nodejs24.x',
    CodeSha256: 'none',
    env,
  }
}

/** The contacts table with these people in every project. */
export function peopleAre(contacts: Record<string, Contact>, more: Partial<Directory> = {}): Patient['people'] {
  return async () => ({ directory: { contacts, schedules: {}, overrides: [], ...more }, problems: [] })
}
