import type { Fields, WantedFunction } from '../provider/backend.ts'
import type { Schedule } from '../provider/schedule.ts'
import {
  environmentBytes,
  environmentOf,
  type Files,
  markOf,
  type PackagedFunction,
  type Problem,
  type Service,
  tagsOf,
} from '../provider/service.ts'
import { wantedTimers } from '../provider/timers.ts'
import { crc64 } from './crc64.ts'
import { cronExpression } from './cron.ts'
import type { AliyunFunctionDefinition, AliyunProviderDefinition } from './definition.ts'
import { marked, markText } from './fc2-mark.ts'
import { asyncInvocationOf, configurationOf } from './fields.ts'
import { handlerProblem } from './handler.ts'
import {
  ASYNC_AGE_SECONDS_MOST,
  ASYNC_RETRIES_MOST,
  DESCRIPTION_LENGTH,
  DISK_SIZES,
  ENVIRONMENT_BYTES,
  FUNCTION_NAME,
  HANDLER,
  HANDLER_LENGTH,
  INSTANCE_CONCURRENCY,
  isCpu,
  isMemory,
  LONG_NAME,
  leastCpu,
  PAYLOAD_BYTES,
  RESERVED_VARIABLE,
  ROLE,
  TAG_KEY,
  TAG_VALUE_LENGTH,
  TAGS,
  TIMEOUT_SECONDS,
  TRIGGERS,
  VARIABLE_NAME,
  ZIP_BYTES,
} from './limits.ts'
import { refusedBy2 } from './only3.ts'

/** As the API calls them (CreateFunction, runtime). */
const RUNTIMES: Record<string, string> = {
  'nodejs12.x': 'nodejs12',
  'nodejs14.x': 'nodejs14',
  'nodejs16.x': 'nodejs16',
  'nodejs18.x': 'nodejs18',
  'nodejs20.x': 'nodejs20',
}

/** What is taken if nothing is said: MB, seconds, MB. */
const DEFAULTS = { memorySize: 128, timeout: 3, diskSize: 512 }

type AliyunService = Service<AliyunProviderDefinition>
/** The service of 2.0 that holds the functions. */
export function serviceNameOf({ name, stage }: Pick<Service, 'name' | 'stage'>): string {
  return `${name}-${stage}`
}

/** The function in Function Compute's own fields. Tells all that it would refuse. */
export function wantedFunction(
  service: AliyunService,
  { key, definition, zip, bytes, files }: PackagedFunction<AliyunFunctionDefinition>,
  problem: Problem,
): WantedFunction {
  const { name, reservedConcurrency } = definition
  if (!FUNCTION_NAME.test(name))
    problem({
      en: `name ${name}: at most 64 letters, digits, - and _, no digit or - first`,
      zh: `name ${name}：最多 64 个字母、数字、- 和 _，不能以数字或 - 开头`,
    })
  if (bytes.length > ZIP_BYTES) {
    problem({
      en: `its zip has ${bytes.length} bytes, and may have ${ZIP_BYTES}: bundle with esbuild, and leave out what is not used`,
      zh: `zip 有 ${bytes.length} 字节，最多 ${ZIP_BYTES}：用 esbuild 打包，去掉不用的内容`,
    })
  }
  checkHandler(definition.handler, files, problem)
  const isOn2 = service.provider.api === '2.0'
  if (isOn2) {
    const serviceName = serviceNameOf(service)
    if (!LONG_NAME.test(serviceName)) {
      problem({
        en: `service ${serviceName}: at most 128 letters, digits, - and _, no digit or - first`,
        zh: `service ${serviceName}：最多 128 个字母、数字、- 和 _，不能以数字或 - 开头`,
      })
    }
    refusedBy2(definition, problem)
  }
  if (reservedConcurrency === 0)
    problem({
      en: 'reservedConcurrency 0: at least 1; without it nothing is reserved',
      zh: 'reservedConcurrency 0：至少为 1；不写则不预留',
    })
  const asyncInvocation = asyncInvocationFor(definition, problem)
  return {
    key,
    name,
    zip,
    codeHash: crc64(bytes),
    configuration: configuration(service, definition, problem),
    timers: wantedTimers(definition.events, TRIGGERS, timerFields, problem),
    ...(asyncInvocation ? { asyncInvocation } : {}),
    ...(reservedConcurrency === undefined || isOn2 ? {} : { reservedConcurrency }),
    tags: tags(service, definition, problem),
  }
}

function configuration(service: AliyunService, definition: AliyunFunctionDefinition, problem: Problem): Fields {
  const { provider } = service
  const { description = '', handler, instanceConcurrency = 1, diskSize = DEFAULTS.diskSize } = definition
  const runtime = definition.runtime ?? provider.runtime ?? ''
  const memorySize = definition.memorySize ?? provider.memorySize ?? DEFAULTS.memorySize
  const timeout = definition.timeout ?? provider.timeout ?? DEFAULTS.timeout
  const cpu = definition.cpu ?? leastCpu(memorySize)
  const { vpc, logs, internetAccess = true, role } = { ...provider, ...definition }

  const shown = provider.api === '2.0' ? marked(description, markText(markOf(service))) : description
  if (shown.length > DESCRIPTION_LENGTH) {
    const most = DESCRIPTION_LENGTH - (shown.length - description.length)
    problem({
      en: `description: ${description.length} characters, and may have ${most}`,
      zh: `description：有 ${description.length} 个字符，最多 ${most}`,
    })
  }
  if (!(runtime in RUNTIMES))
    problem({
      en: `runtime ${runtime}: Function Compute has ${Object.keys(RUNTIMES).join(', ')}`,
      zh: `runtime ${runtime}：函数计算有 ${Object.keys(RUNTIMES).join('、')}`,
    })
  if (!isMemory(memorySize))
    problem({
      en: `memorySize ${memorySize}: a multiple of 64 from 128 to 32768`,
      zh: `memorySize ${memorySize}：应为 128 到 32768 之间 64 的倍数`,
    })
  else if (!isCpu(cpu, memorySize)) {
    problem({
      en: `cpu ${cpu}: with ${memorySize} MB a multiple of 0.05 from ${leastCpu(memorySize)} to ${memorySize / 1024}`,
      zh: `cpu ${cpu}：${memorySize} MB 时应为 ${leastCpu(memorySize)} 到 ${memorySize / 1024} 之间 0.05 的倍数`,
    })
  }
  if (!DISK_SIZES.includes(diskSize))
    problem({
      en: `diskSize ${diskSize}: ${DISK_SIZES.join(' or ')}`,
      zh: `diskSize ${diskSize}：应为 ${DISK_SIZES.join(' 或 ')}`,
    })
  if (timeout > TIMEOUT_SECONDS)
    problem({
      en: `timeout ${timeout}: at most ${TIMEOUT_SECONDS} seconds`,
      zh: `timeout ${timeout}：最多 ${TIMEOUT_SECONDS} 秒`,
    })
  if (instanceConcurrency < 1 || instanceConcurrency > INSTANCE_CONCURRENCY) {
    problem({
      en: `instanceConcurrency ${instanceConcurrency}: from 1 to ${INSTANCE_CONCURRENCY}`,
      zh: `instanceConcurrency ${instanceConcurrency}：应为 1 到 ${INSTANCE_CONCURRENCY}`,
    })
  }
  if (logs && Boolean(logs.project) !== Boolean(logs.logstore)) {
    problem({
      en: `logs: project '${logs.project}', logstore '${logs.logstore}': set both, or none`,
      zh: `logs：project “${logs.project}”、logstore “${logs.logstore}”：两者都写，或都不写`,
    })
  }
  if (role && !ROLE.test(role))
    problem({
      en: `role ${role}: write acs:ram::1234567890123456:role/name`,
      zh: `role ${role}：写成 acs:ram::1234567890123456:role/name`,
    })

  const {
    cpu: _,
    diskSize: __,
    ...on2
  } = configurationOf({
    runtime: RUNTIMES[runtime] ?? runtime,
    handler,
    description,
    memorySize,
    timeout,
    instanceConcurrency,
    environmentVariables: environment(service, definition, problem),
    internetAccess,
    ...(role ? { role } : {}),
    ...(vpc ? { vpcConfig: vpc } : {}),
    ...(logs?.project && logs.logstore
      ? {
          logConfig: {
            project: logs.project,
            logstore: logs.logstore,
            enableRequestMetrics: logs.requestMetrics ?? false,
            enableInstanceMetrics: logs.instanceMetrics ?? false,
            logBeginRule: logs.beginRule ?? 'None',
          },
        }
      : {}),
  })
  return provider.api === '2.0' ? on2 : { ...on2, cpu, diskSize }
}

function checkHandler(handler: string, files: Files, problem: Problem): void {
  if (!HANDLER.test(handler) || handler.length > HANDLER_LENGTH) {
    problem({
      en: `handler ${handler}: file.function, at most ${HANDLER_LENGTH} letters, digits, _, -, . and /`,
      zh: `handler ${handler}：应为 文件.函数，最多 ${HANDLER_LENGTH} 个字母、数字、_、-、. 和 /`,
    })
    return
  }
  const mistake = handlerProblem(files, handler)
  if (mistake !== undefined) problem(mistake)
}

function environment(service: AliyunService, definition: AliyunFunctionDefinition, problem: Problem) {
  const variables = environmentOf(service, definition)
  const bytes = environmentBytes(variables)
  if (bytes > ENVIRONMENT_BYTES)
    problem({
      en: `its environment has ${bytes} bytes, and may have ${ENVIRONMENT_BYTES}`,
      zh: `环境变量共 ${bytes} 字节，最多 ${ENVIRONMENT_BYTES}`,
    })
  for (const name of Object.keys(variables)) {
    if (!VARIABLE_NAME.test(name))
      problem({
        en: `environment ${name}: letters, digits and _, a letter first`,
        zh: `environment ${name}：只能有字母、数字和 _，以字母开头`,
      })
    else if (RESERVED_VARIABLE.test(name))
      problem({
        en: `environment ${name}: Function Compute keeps this name for itself`,
        zh: `environment ${name}：函数计算保留了这个名称`,
      })
  }
  return variables
}

function timerFields(
  { when, enabled, description = '', input = '' }: Schedule,
  name: string,
  problem: Problem,
): Fields {
  if (!LONG_NAME.test(name))
    problem({
      en: `timer ${name}: at most 128 letters, digits, - and _, no digit or - first`,
      zh: `定时器 ${name}：最多 128 个字母、数字、- 和 _，不能以数字或 - 开头`,
    })
  if (description.length > DESCRIPTION_LENGTH) {
    problem({
      en: `timer ${name}: its description may have ${DESCRIPTION_LENGTH} characters`,
      zh: `定时器 ${name}：描述最多 ${DESCRIPTION_LENGTH} 个字符`,
    })
  }
  const bytes = Buffer.byteLength(input)
  if (bytes > PAYLOAD_BYTES)
    problem({
      en: `timer ${name}: its input has ${bytes} bytes, and may have ${PAYLOAD_BYTES}`,
      zh: `定时器 ${name}：input 有 ${bytes} 字节，最多 ${PAYLOAD_BYTES}`,
    })
  return {
    cronExpression: cronExpression(when),
    enable: enabled,
    payload: input || null,
    description: description || null,
  }
}

function asyncInvocationFor(definition: AliyunFunctionDefinition, problem: Problem): Fields | undefined {
  const { maximumRetryAttempts, maximumEventAge, destinations, asyncTask } = definition
  const settings = [maximumRetryAttempts, maximumEventAge, destinations, asyncTask]
  if (settings.every((one) => one === undefined)) return undefined
  if ((maximumRetryAttempts ?? 0) > ASYNC_RETRIES_MOST) {
    problem({
      en: `maximumRetryAttempts ${maximumRetryAttempts}: at most ${ASYNC_RETRIES_MOST}`,
      zh: `maximumRetryAttempts ${maximumRetryAttempts}：最多 ${ASYNC_RETRIES_MOST}`,
    })
  }
  if ((maximumEventAge ?? 0) > ASYNC_AGE_SECONDS_MOST) {
    problem({
      en: `maximumEventAge ${maximumEventAge}: at most ${ASYNC_AGE_SECONDS_MOST} seconds`,
      zh: `maximumEventAge ${maximumEventAge}：最多 ${ASYNC_AGE_SECONDS_MOST} 秒`,
    })
  }
  for (const [outcome, arn] of Object.entries(destinations ?? {})) {
    if (!arn.startsWith('acs:'))
      problem({
        en: `destinations.${outcome} ${arn}: an ARN, which begins with acs:`,
        zh: `destinations.${outcome} ${arn}：应为 ARN，以 acs: 开头`,
      })
  }
  const { onSuccess, onFailure } = destinations ?? {}
  return asyncInvocationOf({
    ...(maximumRetryAttempts === undefined ? {} : { maxAsyncRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAge === undefined ? {} : { maxAsyncEventAgeInSeconds: maximumEventAge }),
    destinationConfig: {
      ...(onSuccess ? { onSuccess: { destination: onSuccess } } : {}),
      ...(onFailure ? { onFailure: { destination: onFailure } } : {}),
    },
    ...(asyncTask === undefined ? {} : { asyncTask }),
  })
}

function tags(service: AliyunService, definition: AliyunFunctionDefinition, problem: Problem): Record<string, string> {
  const all = tagsOf(service, definition)
  const count = Object.keys(all).length
  if (count > TAGS)
    problem({
      en: `${count} tags with the two that say whose it is: at most ${TAGS}`,
      zh: `连同标明归属的两个，共 ${count} 个标签：最多 ${TAGS}`,
    })
  for (const [key, value] of Object.entries(all)) {
    if (!TAG_KEY.test(key))
      problem({
        en: `tag ${key}: at most 64 characters, not with acs: or aliyun first, no http://`,
        zh: `标签 ${key}：最多 64 个字符，不能以 acs: 或 aliyun 开头，不能含 http://`,
      })
    if (value.length > TAG_VALUE_LENGTH)
      problem({
        en: `tag ${key}: its value may have ${TAG_VALUE_LENGTH} characters`,
        zh: `标签 ${key}：值最多 ${TAG_VALUE_LENGTH} 个字符`,
      })
  }
  return all
}
