import type { Fields, WantedFunction } from '../provider/backend.ts'
import type { Schedule } from '../provider/schedule.ts'
import {
  environmentBytes,
  environmentOf,
  type Files,
  markOf,
  type PackagedFunction,
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
type Problem = (text: string) => void

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
  if (!FUNCTION_NAME.test(name)) problem(`name ${name}: at most 64 letters, digits, - and _, no digit or - first`)
  if (bytes.length > ZIP_BYTES) {
    problem(
      `its zip has ${bytes.length} bytes, and may have ${ZIP_BYTES}: bundle with esbuild, and leave out what is not used`,
    )
  }
  checkHandler(definition.handler, files, problem)
  const isOn2 = service.provider.api === '2.0'
  if (isOn2) {
    const serviceName = serviceNameOf(service)
    if (!LONG_NAME.test(serviceName)) {
      problem(`service ${serviceName}: at most 128 letters, digits, - and _, no digit or - first`)
    }
    refusedBy2(definition, problem)
  }
  if (reservedConcurrency === 0) problem('reservedConcurrency 0: at least 1; without it nothing is reserved')
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
    problem(`description: ${description.length} characters, and may have ${most}`)
  }
  if (!(runtime in RUNTIMES)) problem(`runtime ${runtime}: Function Compute has ${Object.keys(RUNTIMES).join(', ')}`)
  if (!isMemory(memorySize)) problem(`memorySize ${memorySize}: a multiple of 64 from 128 to 32768`)
  else if (!isCpu(cpu, memorySize)) {
    problem(`cpu ${cpu}: with ${memorySize} MB a multiple of 0.05 from ${leastCpu(memorySize)} to ${memorySize / 1024}`)
  }
  if (!DISK_SIZES.includes(diskSize)) problem(`diskSize ${diskSize}: ${DISK_SIZES.join(' or ')}`)
  if (timeout > TIMEOUT_SECONDS) problem(`timeout ${timeout}: at most ${TIMEOUT_SECONDS} seconds`)
  if (instanceConcurrency < 1 || instanceConcurrency > INSTANCE_CONCURRENCY) {
    problem(`instanceConcurrency ${instanceConcurrency}: from 1 to ${INSTANCE_CONCURRENCY}`)
  }
  if (logs && Boolean(logs.project) !== Boolean(logs.logstore)) {
    problem(`logs: project '${logs.project}', logstore '${logs.logstore}': set both, or none`)
  }
  if (role && !ROLE.test(role)) problem(`role ${role}: write acs:ram::1234567890123456:role/name`)

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
    problem(`handler ${handler}: file.function, at most ${HANDLER_LENGTH} letters, digits, _, -, . and /`)
    return
  }
  const mistake = handlerProblem(files, handler)
  if (mistake !== undefined) problem(mistake)
}

function environment(service: AliyunService, definition: AliyunFunctionDefinition, problem: Problem) {
  const variables = environmentOf(service, definition)
  const bytes = environmentBytes(variables)
  if (bytes > ENVIRONMENT_BYTES) problem(`its environment has ${bytes} bytes, and may have ${ENVIRONMENT_BYTES}`)
  for (const name of Object.keys(variables)) {
    if (!VARIABLE_NAME.test(name)) problem(`environment ${name}: letters, digits and _, a letter first`)
    else if (RESERVED_VARIABLE.test(name)) problem(`environment ${name}: Function Compute keeps this name for itself`)
  }
  return variables
}

function timerFields(
  { when, enabled, description = '', input = '' }: Schedule,
  name: string,
  problem: Problem,
): Fields {
  if (!LONG_NAME.test(name)) problem(`timer ${name}: at most 128 letters, digits, - and _, no digit or - first`)
  if (description.length > DESCRIPTION_LENGTH) {
    problem(`timer ${name}: its description may have ${DESCRIPTION_LENGTH} characters`)
  }
  const bytes = Buffer.byteLength(input)
  if (bytes > PAYLOAD_BYTES) problem(`timer ${name}: its input has ${bytes} bytes, and may have ${PAYLOAD_BYTES}`)
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
    problem(`maximumRetryAttempts ${maximumRetryAttempts}: at most ${ASYNC_RETRIES_MOST}`)
  }
  if ((maximumEventAge ?? 0) > ASYNC_AGE_SECONDS_MOST) {
    problem(`maximumEventAge ${maximumEventAge}: at most ${ASYNC_AGE_SECONDS_MOST} seconds`)
  }
  for (const [outcome, arn] of Object.entries(destinations ?? {})) {
    if (!arn.startsWith('acs:')) problem(`destinations.${outcome} ${arn}: an ARN, which begins with acs:`)
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
  if (count > TAGS) problem(`${count} tags with the two that say whose it is: at most ${TAGS}`)
  for (const [key, value] of Object.entries(all)) {
    if (!TAG_KEY.test(key)) problem(`tag ${key}: at most 64 characters, not with acs: or aliyun first, no http://`)
    if (value.length > TAG_VALUE_LENGTH) problem(`tag ${key}: its value may have ${TAG_VALUE_LENGTH} characters`)
  }
  return all
}
