import type { Fields, WantedFunction } from '../provider/backend.ts'
import type { Schedule } from '../provider/schedule.ts'
import type { Files, PackagedFunction, Problem, Service } from '../provider/service.ts'
import { wantedTags } from '../provider/tags.ts'
import { wantedTimers } from '../provider/timers.ts'
import { configuration } from './configuration.ts'
import { crc64 } from './crc64.ts'
import { cronExpression } from './cron.ts'
import type { AliyunFunctionDefinition, AliyunProviderDefinition } from './definition.ts'
import { asyncInvocationOf } from './fields.ts'
import { handlerProblem } from './handler.ts'
import {
  ASYNC_AGE_SECONDS_MOST,
  ASYNC_RETRIES_MOST,
  DESCRIPTION_LENGTH,
  FUNCTION_NAME,
  HANDLER,
  HANDLER_LENGTH,
  LONG_NAME,
  PAYLOAD_BYTES,
  TAG_KEY,
  TAG_VALUE_LENGTH,
  TAGS,
  TRIGGERS,
  ZIP_BYTES,
} from './limits.ts'
import { refusedBy2 } from './only3.ts'

const TAG_LIMITS = {
  most: TAGS,
  valueLength: TAG_VALUE_LENGTH,
  isKey: (key: string) => TAG_KEY.test(key),
  keys: {
    en: 'at most 64 characters, not with acs: or aliyun first, no http://',
    zh: '最多 64 个字符，不能以 acs: 或 aliyun 开头，不能含 http://',
  },
}

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
    tags: wantedTags(service, definition, TAG_LIMITS, problem),
  }
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
