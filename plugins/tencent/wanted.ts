import type { Fields, WantedFunction } from '../provider/backend.ts'
import { wantedEnvironment } from '../provider/environment.ts'
import type { Schedule } from '../provider/schedule.ts'
import type { Files, PackagedFunction, Problem, Service } from '../provider/service.ts'
import { wantedTags } from '../provider/tags.ts'
import { wantedTimers } from '../provider/timers.ts'
import { scfCron } from './cron.ts'
import type { TencentFunctionDefinition, TencentProviderDefinition } from './definition.ts'
import { entryOf, entryProblem, exportOf } from './entry.ts'
import {
  ARGUMENT_BYTES,
  DESCRIPTION,
  ENVIRONMENT_BYTES,
  EVENT_AGE_SECONDS,
  FUNCTION_NAME,
  isMemory,
  NAMESPACE,
  RESERVED_VARIABLE,
  RETRIES,
  TAG_KEY_LENGTH,
  TAG_VALUE_LENGTH,
  TAGS,
  TIMEOUT_SECONDS,
  TIMER_NAME,
  TIMERS,
  UNPACKED_BYTES,
  VARIABLE_NAME,
  WHOLE_NAME_LENGTH,
  ZIP_BYTES,
} from './limits.ts'

/** As the API calls them (scf.tencentcloudapi.com, CreateFunction, Runtime). Of Node 20 the vendor's pages tell only in CloudBase. */
const RUNTIMES: Record<string, string> = {
  'nodejs12.x': 'Nodejs12.16',
  'nodejs14.x': 'Nodejs14.18',
  'nodejs16.x': 'Nodejs16.13',
  'nodejs18.x': 'Nodejs18.15',
  'nodejs20.x': 'Nodejs20.19',
}

/** What SCF takes if nothing is said: MB, seconds, tries, seconds. */
const DEFAULTS = { memorySize: 128, timeout: 3, maximumRetryAttempts: 2, maximumEventAge: 21_600 }

const ENVIRONMENT = {
  bytes: ENVIRONMENT_BYTES,
  name: VARIABLE_NAME,
  reserved: RESERVED_VARIABLE,
  keeps: {
    en: 'SCF keeps names that begin with SCF_, QCLOUD_ or TENCENTCLOUD_ for itself',
    zh: 'SCF 保留了以 SCF_、QCLOUD_ 或 TENCENTCLOUD_ 开头的名称',
  },
}

/** What an address is like that anybody may call from the public network (cloud.tencent.com/document/product/583/100227). */
const OPEN_URL = { AuthType: 'NONE', EnableIntranet: false, EnableExtranet: true, Enable: 'OPEN' }

const TAG_LIMITS = {
  most: TAGS,
  valueLength: TAG_VALUE_LENGTH,
  isKey: (key: string) => key !== '' && key.length <= TAG_KEY_LENGTH,
  keys: { en: `1 to ${TAG_KEY_LENGTH} characters`, zh: `1 到 ${TAG_KEY_LENGTH} 个字符` },
}

/** The function in SCF's own fields. Tells all that SCF would refuse. */
export function wantedFunction(
  service: Service<TencentProviderDefinition>,
  { key, definition, zip, bytes, files }: PackagedFunction<TencentFunctionDefinition>,
  problem: Problem,
): WantedFunction {
  const { name, reservedConcurrency } = definition
  checkName(name, service.provider.namespace, problem)
  checkSize(bytes, files, problem)
  const mistake = entryProblem(files, definition.handler)
  if (mistake !== undefined) problem(mistake)
  const entry = entryOf(files)
  const memory = definition.memorySize ?? service.provider.memorySize ?? DEFAULTS.memorySize
  return {
    key,
    name,
    zip,
    codeHash: entry?.codeHash ?? '',
    configuration: {
      Handler: `${entry?.module}.${exportOf(definition.handler)}`,
      ...configuration(service, definition, memory, problem),
    },
    timers: wantedTimers(definition.events, TIMERS, timerFields, problem),
    ...(definition.url ? { url: { ...OPEN_URL } } : {}),
    asyncInvocation: asyncInvocation(definition, problem),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency: reservedConcurrency * memory }),
    tags: wantedTags(service, definition, TAG_LIMITS, problem),
  }
}

function checkName(name: string, namespace: string | undefined, problem: Problem): void {
  if (!FUNCTION_NAME.test(name)) {
    problem({
      en: `name ${name}: 2 to 60 letters, digits, - and _, a letter first, a letter or digit last`,
      zh: `name ${name}：2 到 60 个字母、数字、- 和 _，以字母开头，以字母或数字结尾`,
    })
  }
  if (namespace === undefined) return
  if (!NAMESPACE.test(namespace))
    problem({
      en: `provider.namespace ${namespace}: 1 to 60 letters, digits, - and _`,
      zh: `provider.namespace ${namespace}：1 到 60 个字母、数字、- 和 _`,
    })
  const length = namespace.length + name.length
  if (length > WHOLE_NAME_LENGTH) {
    problem({
      en: `name ${name} has ${length} characters with its namespace, and may have ${WHOLE_NAME_LENGTH}`,
      zh: `name ${name} 连同命名空间有 ${length} 个字符，最多 ${WHOLE_NAME_LENGTH}`,
    })
  }
}

function checkSize(zip: Buffer, files: Files, problem: Problem): void {
  if (zip.length > ZIP_BYTES) {
    problem({
      en:
        `its zip has ${zip.length} bytes, and may have ${ZIP_BYTES}, as it goes with the request: ` +
        'bundle and minify with esbuild, and leave out what is not used',
      zh: `zip 有 ${zip.length} 字节，随请求上传，最多 ${ZIP_BYTES}：用 esbuild 打包并压缩，去掉不用的内容`,
    })
  }
  const unpacked = Object.values(files).reduce((sum, { length }) => sum + length, 0)
  if (unpacked > UNPACKED_BYTES)
    problem({
      en: `its zip holds ${unpacked} bytes, and may hold ${UNPACKED_BYTES}`,
      zh: `zip 解压后有 ${unpacked} 字节，最多 ${UNPACKED_BYTES}`,
    })
}

function configuration(
  service: Service<TencentProviderDefinition>,
  definition: TencentFunctionDefinition,
  memory: number,
  problem: Problem,
): Fields {
  const { provider } = service
  const runtime = definition.runtime ?? provider.runtime ?? ''
  const { description = '', deadLetter, asyncRun = false } = definition
  const timeout = definition.timeout ?? provider.timeout ?? DEFAULTS.timeout
  const { vpc, logs, internetAccess, fixedEgress = false } = { ...provider, ...definition }
  if (!(runtime in RUNTIMES))
    problem({
      en: `runtime ${runtime}: SCF has ${Object.keys(RUNTIMES).join(', ')}`,
      zh: `runtime ${runtime}：SCF 有 ${Object.keys(RUNTIMES).join('、')}`,
    })
  if (!isMemory(memory))
    problem({
      en: `memorySize ${memory}: SCF has 64, 128 and multiples of 128 up to 3072`,
      zh: `memorySize ${memory}：SCF 有 64、128 和 128 的倍数，最多 3072`,
    })
  if (timeout > TIMEOUT_SECONDS)
    problem({
      en: `timeout ${timeout}: at most ${TIMEOUT_SECONDS} seconds`,
      zh: `timeout ${timeout}：最多 ${TIMEOUT_SECONDS} 秒`,
    })
  if (fixedEgress && internetAccess === false)
    problem({
      en: 'fixedEgress: it is of the public network, which internetAccess shuts off',
      zh: 'fixedEgress：固定的是公网出口，而 internetAccess 关掉了公网',
    })
  if (!DESCRIPTION.test(description)) {
    problem({
      en: `description "${description}": at most 1000 letters, digits, spaces, commas and full stops`,
      zh: `description “${description}”：最多 1000 个文字、数字、空格、逗号和句号`,
    })
  }
  return {
    Runtime: RUNTIMES[runtime] ?? runtime,
    Description: description,
    MemorySize: memory,
    Timeout: timeout,
    AsyncRunEnable: asyncRun ? 'TRUE' : 'FALSE',
    Environment: wantedEnvironment(service, definition, ENVIRONMENT, problem),
    Role: definition.role || provider.role || null,
    VpcConfig: vpc ? { VpcId: vpc.vpcId, SubnetId: vpc.subnetId } : null,
    DeadLetterConfig: deadLetter
      ? { Type: deadLetter.type, Name: deadLetter.name, FilterType: deadLetter.filterType ?? null }
      : null,
    // What SCF does where nothing is said is left to SCF: it may choose a log topic, and opens the network, by itself.
    ...(logs ? { ClsLogsetId: logs.logsetId, ClsTopicId: logs.topicId } : {}),
    ...(internetAccess === undefined ? {} : { PublicNetStatus: internetAccess ? 'ENABLE' : 'DISABLE' }),
    ...(fixedEgress ? { PublicNetStatus: 'ENABLE', EipStatus: 'ENABLE' } : {}),
  }
}

function asyncInvocation(
  {
    maximumRetryAttempts: retries = DEFAULTS.maximumRetryAttempts,
    maximumEventAge: age = DEFAULTS.maximumEventAge,
  }: TencentFunctionDefinition,
  problem: Problem,
): Fields {
  if (retries > RETRIES)
    problem({
      en: `maximumRetryAttempts ${retries}: at most ${RETRIES}`,
      zh: `maximumRetryAttempts ${retries}：最多 ${RETRIES}`,
    })
  const [least, most] = EVENT_AGE_SECONDS
  if (age < least || age > most)
    problem({
      en: `maximumEventAge ${age}: from ${least} to ${most} seconds`,
      zh: `maximumEventAge ${age}：应为 ${least} 到 ${most} 秒`,
    })
  return { RetryNum: retries, MsgTTL: age }
}

function timerFields(
  { when, enabled, description = '', input = '' }: Schedule,
  name: string,
  problem: Problem,
): Fields {
  if (!TIMER_NAME.test(name))
    problem({
      en: `timer ${name}: 1 to 60 letters, digits, - and _, a letter first`,
      zh: `定时器 ${name}：1 到 60 个字母、数字、- 和 _，以字母开头`,
    })
  if (!DESCRIPTION.test(description)) {
    problem({
      en: `timer ${name}: its description takes letters, digits, spaces, commas and full stops`,
      zh: `定时器 ${name}：描述只能有文字、数字、空格、逗号和句号`,
    })
  }
  const bytes = Buffer.byteLength(input)
  if (bytes > ARGUMENT_BYTES)
    problem({
      en: `timer ${name}: its input has ${bytes} bytes, and may have ${ARGUMENT_BYTES}`,
      zh: `定时器 ${name}：input 有 ${bytes} 字节，最多 ${ARGUMENT_BYTES}`,
    })
  return {
    TriggerDesc: scfCron(when),
    Enable: enabled ? 'OPEN' : 'CLOSE',
    CustomArgument: input,
    Description: description,
  }
}
