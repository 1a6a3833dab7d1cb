import { join, resolve } from 'node:path'
import { nodeBinary } from '../simulators/functions/node-binary.ts'

const root = resolve(import.meta.dirname, '../..')
const beside = (file: string) => join(import.meta.dirname, file)

/** How each vendor loads and calls a probe. */
export const clouds = {
  aws: {
    config: 'serverless.yml',
    vantage: 'aws/ap-southeast-1',
    node: join(root, 'node_modules/node/bin/node'),
    version: 24,
    bootstrap: beside('lambda-bootstrap.cjs'),
    handler: 'services/probe/aws.handler',
    timer: { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2026-11-21T02:13:00Z' },
    context: { awsRequestId: 'run', functionName: 'probe', timeoutMs: 60_000 },
    functions: ['probe'],
  },
  tencent: {
    config: 'serverless.tencent.yml',
    vantage: 'tencent/ap-guangzhou',
    node: nodeBinary(18),
    version: 18,
    bootstrap: beside('../simulators/scf/bootstrap.cjs'),
    handler: 'index.handler',
    timer: { Type: 'Timer', TriggerName: 'schedule-1', Time: '2026-11-21T02:13:00Z', Message: '' },
    context: { request_id: 'run', time_limit_in_ms: 60_000, function_name: 'probe', function_version: '1' },
    functions: ['uptime', 'latency', 'kafka'],
  },
  aliyun: {
    config: 'serverless.aliyun.yml',
    vantage: 'aliyun/cn-hangzhou',
    node: nodeBinary(20),
    version: 20,
    bootstrap: beside('../simulators/fc/bootstrap.cjs'),
    handler: 'services/probe/aliyun.handler',
    timer: { triggerTime: '2026-11-21T02:13:00Z', triggerName: 'schedule-1', payload: '' },
    context: { requestId: 'run', function: { name: 'probe', timeout: 60 }, service: { versionId: '1' } },
    functions: ['uptime', 'latency', 'kafka'],
  },
}
