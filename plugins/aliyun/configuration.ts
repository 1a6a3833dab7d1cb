import type { Fields } from '../provider/backend.ts'
import { wantedEnvironment } from '../provider/environment.ts'
import { markOf, type Problem, type Service } from '../provider/service.ts'
import type { AliyunFunctionDefinition, AliyunProviderDefinition } from './definition.ts'
import { marked, markText } from './fc2-mark.ts'
import { configurationOf } from './fields.ts'
import {
  DESCRIPTION_LENGTH,
  DISK_SIZES,
  ENVIRONMENT_BYTES,
  INSTANCE_CONCURRENCY,
  isCpu,
  isMemory,
  leastCpu,
  RESERVED_VARIABLE,
  ROLE,
  TIMEOUT_SECONDS,
  VARIABLE_NAME,
} from './limits.ts'

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

const ENVIRONMENT = {
  bytes: ENVIRONMENT_BYTES,
  name: VARIABLE_NAME,
  reserved: RESERVED_VARIABLE,
  keeps: { en: 'Function Compute keeps this name for itself', zh: '函数计算保留了这个名称' },
}

type AliyunService = Service<AliyunProviderDefinition>

/** What a function is and has while it runs, in Function Compute's own fields. Tells all that it would refuse. */
export function configuration(service: AliyunService, definition: AliyunFunctionDefinition, problem: Problem): Fields {
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
    environmentVariables: wantedEnvironment(service, definition, ENVIRONMENT, problem),
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
