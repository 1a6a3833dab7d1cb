import { type Found, FoundError, fault, skipped, warning } from '../../shared/channels/finding.ts'
import { loginAt } from '../../shared/channels/smtp/diagnose.ts'
import { kindsOf, tencentTemplate } from '../../shared/channels/tencent-sms/diagnose.ts'
import { wecomRobot } from '../../shared/channels/wecom-robot/wecom-robot.ts'
import { type TencentKey, tencentKeyOf } from '../../shared/clouds/tencent/tc3.ts'
import { type MailRecipients, recipientsOf, type SmsRecipients } from '../../shared/delivery/last-resort-settings.ts'
import { lastResortTemplates } from '../../shared/messages/last-resort.ts'
import { type DeployedProbe, deployedProbes } from './deployed-probes.ts'
import { thrown } from './examine.ts'
import type { Area } from './finding.ts'
import type { Patient } from './patient.ts'
import { deployOf } from './probes.ts'

const SET = 'set LAST_RESORT_… where you deploy (docs/guides/standby.md), and deploy'

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
    return [fault(`nothing of stage ${patient.stage} is deployed there`, deployOf(vantage, patient))]
  const told = probes.map((probe) => ({ probe, recipients: recipientsAt(vantage, probe) }))
  const silent = told.flatMap(({ probe, recipients }) => (recipients === undefined ? [probe.name] : []))
  if (silent.length === probes.length)
    return [skipped('nobody is named: when no queue is reached, this probe tells no one', SET)]
  const some =
    silent.length === 0
      ? []
      : [warning(`${silent.join(', ')} would tell no one, and its neighbours would`, 'deploy again')]
  // Functions that are deployed together have the same.
  const different = [...new Map(told.map((one) => [JSON.stringify(one.recipients), one])).values()]
  const tried = different.flatMap(({ probe, recipients: { wecomKey, sms, mail } = {} }) => [
    ...(wecomKey === undefined ? [] : [named('robot', tries.robot(wecomKey, signal))]),
    ...(sms === undefined ? [] : [named(`texts to ${sms.to.length}`, tries.sms(sms, probe, signal))]),
    ...(mail === undefined ? [] : [named(`mail to ${mail.to.length}`, tries.mail(mail, signal))]),
  ])
  return [...some, ...(await Promise.all(tried))]
}

function recipientsAt(vantage: string, { name, env }: DeployedProbe) {
  const cloud = vantage.split('/')[0]
  try {
    return recipientsOf(env, cloud === 'tencent' || cloud === 'aliyun' ? cloud : undefined)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new FoundError(fault(`${name} does not run: ${error.message}`, SET))
  }
}

async function named(channel: string, trying: Promise<Found>): Promise<Found> {
  const found = await trying.catch(thrown)
  return { ...found, detail: `${channel}: ${found.detail}` }
}

interface Tries {
  robot(key: string, signal: AbortSignal): Promise<Found>
  sms(sms: SmsRecipients, probe: DeployedProbe, signal: AbortSignal): Promise<Found>
  mail(mail: MailRecipients, signal: AbortSignal): Promise<Found>
}

/** Vantages often share their recipients: each is tried once. */
function triesOf(patient: Patient): Tries {
  const made = new Map<string, Promise<Found>>()
  const once = (what: unknown, attempt: () => Promise<Found>) => {
    const key = JSON.stringify(what)
    const found = made.get(key) ?? attempt()
    made.set(key, found)
    return found
  }
  return {
    robot: (key, signal) => once(key, () => robotWith(key, patient, signal)),
    sms: (sms, probe, signal) => once(sms, () => texts(sms, probe, patient, signal)),
    mail: (mail, signal) => once({ ...mail, to: [] }, () => loginAt(mail, signal)),
  }
}

async function robotWith(key: string, patient: Patient, signal: AbortSignal): Promise<Found> {
  const diagnosis = await wecomRobot.diagnose?.()
  const [examination] =
    diagnosis?.diagnose({ name: '', written: { key }, settings: async () => ({ key }) }, patient) ?? []
  return [(await examination?.look(signal)) ?? []].flat()[0] ?? skipped('nothing tells')
}

/** With the key that it sends with where it has one, else with that of whoever asks: a role's key never leaves its function. */
async function texts(
  { vendor, to, template, key }: SmsRecipients,
  probe: DeployedProbe,
  patient: Patient,
  signal: AbortSignal,
): Promise<Found> {
  if (vendor === 'aliyun')
    return skipped(`template ${template} is not looked up`, 'the console of text messages shows its review')
  const own = key && { secretId: key.id, secretKey: key.secret }
  const account: TencentKey | undefined = own ?? tencentKeyOf(probe.env) ?? tencentKeyOf(patient.env)
  if (account === undefined) return skipped('no key here', 'set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY')
  const wanted = {
    id: template,
    text: lastResortTemplates[patient.config.language].numbered,
    kinds: [...new Set(to.flatMap(kindsOf))],
    where: 'LAST_RESORT_SMS_TEMPLATE',
  }
  return tencentTemplate(wanted, account, patient, signal)
}
