import { SECRET_ARN } from '../../shared/clouds/stored-names.ts'
import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { canaryKey, dutyKey, endedSessionsKey, regionKey, silenceKey, swapKey } from '../../shared/store/keys.ts'
import type { FunctionDefinition } from './functions.ts'

/** What of the service stands where there are several regions. */
interface Service {
  service: string
  provider: { region?: string; stage?: string }
  functions: Record<string, FunctionDefinition>
  resources?: { Resources?: Record<string, object> }
  custom: { secretArn?: string }
}

const sub = (text: string) => ({ 'Fn::Sub': text })

/**
 * Makes a region ready to guard, and to be guarded by, the others: `page` may tell their escalation queues and ask their function `peer`,
 * `acknowledge` and `console` may tell them, `console` may change who is on call there, `watch` may read what people have changed there and
 * how it is, and `region-health` how it is, and greet that function. Without several regions there is no `peer`, and nobody has duty. Throws a BilingualError for a region
 * that is none of them, and for a secret that is elsewhere.
 */
export function placeRegions(service: Service, { regions }: Pick<CompiledConfig, 'regions'>): void {
  const { page, watch } = service.functions
  if (page === undefined) return
  takeSecret(service)
  if (regions === undefined) {
    delete service.functions.peer
    for (const { environment } of Object.values(service.functions)) delete environment?.REGIONS_TABLE
    // Its canary is there for other regions to be compared with.
    delete service.functions['region-health']?.environment?.INCIDENTS_TABLE
    return
  }
  const { region = '', stage } = service.provider
  if (!regions.order.includes(region)) throw new BilingualError(noneOf(region, regions.order))
  const others = regions.order.filter((one) => one !== region)
  const name = (what: string) => `${service.service}-${stage}-${what}`
  const arn = (kind: string, of: string, what: string) =>
    sub(`arn:\${AWS::Partition}:${kind}:${of}:\${AWS::AccountId}:${what}`)
  const telling = { Action: 'sqs:SendMessage', Resource: others.map((one) => arn('sqs', one, name('escalation'))) }
  const asking = {
    Action: 'lambda:InvokeFunction',
    Resource: others.map((one) => arn('lambda', one, `function:${name('peer')}`)),
  }
  allow(page, [telling, asking])
  // What people do is told at once, whatever becomes of our own queue.
  for (const fn of ['acknowledge', 'console']) allow(service.functions[fn], [telling])
  const table = (what: string) => others.map((one) => arn('dynamodb', one, `table/${name(what)}`))
  // Watch reads silences, swaps and ended sessions, who is on call and who has duty there, and changes nothing.
  allow(watch, [
    {
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: table('incidents'),
      Condition: beginning([
        silenceKey('').pk,
        swapKey('').pk,
        endedSessionsKey('').pk,
        regionKey('').pk,
        canaryKey().pk,
      ]),
    },
    { Action: 'dynamodb:GetItem', Resource: table('contacts') },
    ofDuty('dynamodb:GetItem', table('regions')),
  ])
  const incidents = { 'Fn::GetAtt': ['IncidentsTable', 'Arn'] }
  allow(service.functions['region-health'], [
    asking,
    {
      Action: 'dynamodb:GetItem',
      Resource: [incidents, ...table('incidents')],
      Condition: beginning([canaryKey().pk]),
    },
  ])
  // Who is on call is changed in all of them at once.
  allow(service.functions.console, [{ Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: table('contacts') }])
  // Who opens, steps or shows incidents reads who has duty; what is said of it is written by `page`, and by `watch`.
  const own = { 'Fn::GetAtt': ['RegionsTable', 'Arn'] }
  for (const fn of ['evaluate', 'peer', 'console']) allow(service.functions[fn], [ofDuty('dynamodb:GetItem', own)])
  for (const fn of [page, watch]) allow(fn, [ofDuty(['dynamodb:GetItem', 'dynamodb:PutItem'], own)])
  // Who else sends to the events queues: the policy for senders, and functions of this service.
  const events = others.map((one) => arn('sqs', one, name('events')))
  const sending = { Action: 'sqs:SendMessage', Resource: events }
  for (const fn of ['probe', 'heartbeat', 'ingest', 'evaluate']) allow(service.functions[fn], [sending])
  senderStatements(service).push({ Effect: 'Allow', ...sending })
}

/** Of the regions table, the item of who has duty alone: what contact flows are told is for others. */
function ofDuty(Action: string | string[], Resource: unknown): object {
  return { Action, Resource, Condition: beginning([dutyKey().pk]) }
}

/** Of a table, items with these partition keys alone. */
function beginning(keys: string[]): object {
  return { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': keys } }
}

function allow(fn: FunctionDefinition | undefined, statements: object[]): void {
  if (fn === undefined) return
  const allowed = statements.map((one) => ({ Effect: 'Allow', ...one }))
  fn.iamRoleStatements = [...(fn.iamRoleStatements ?? []), ...allowed]
}

/** Whoever has a secret of their own in Secrets Manager names it: functions read that in place of the parameter. */
function takeSecret({ functions, provider: { region = '' }, custom: { secretArn } }: Service): void {
  if (!secretArn) return
  const { 2: store, 3: place } = secretArn.split(':')
  if (store !== 'secretsmanager' || place !== region) throw new BilingualError(elsewhere(secretArn, region))
  const reading = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn }
  for (const fn of Object.values(functions)) {
    const own = JSON.stringify(fn.environment?.[SECRET_ARN])
    if (own === undefined) continue
    fn.environment = { ...fn.environment, [SECRET_ARN]: secretArn }
    const isOwn = (one: object) => 'Resource' in one && JSON.stringify(one.Resource) === own
    fn.iamRoleStatements = (fn.iamRoleStatements ?? []).map((one) => (isOwn(one) ? reading : one))
  }
}

/** What the policy for senders outside of this service allows. */
function senderStatements({ resources }: Service): object[] {
  const policy = resources?.Resources?.SenderPolicy as SenderPolicy | undefined
  return policy?.Properties.PolicyDocument.Statement ?? []
}

/** Lets a probe of another stack, in a region of its own, send to every region; `queue` is the name of the events queue. */
export function probeStatement({ regions }: Pick<CompiledConfig, 'regions'>, queue: string | undefined): object[] {
  if (regions === undefined || queue === undefined) return []
  const Resource = regions.order.map((one) => sub(`arn:\${AWS::Partition}:sqs:${one}:\${AWS::AccountId}:${queue}`))
  return [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource }]
}

interface SenderPolicy {
  Properties: { PolicyDocument: { Statement: object[] } }
}

function elsewhere(secretArn: string, region: string) {
  return {
    en: `secretArn ${secretArn} is no secret of Secrets Manager in ${region}: give each region the ARN of the copy that stands there, or none`,
    zh: `secretArn ${secretArn} 不是 ${region} 的 Secrets Manager 密钥：各地域写各自那份副本的 ARN，或都不写`,
  }
}

function noneOf(region: string, order: string[]) {
  return {
    en: `${region} is none of \`regions\` (${order.join(', ')}): deploy with --region, or name it there`,
    zh: `${region} 不在 \`regions\`（${order.join('、')}）中：用 --region 指定地域，或写进 regions`,
  }
}
