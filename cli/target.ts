import { join, resolve } from 'node:path'
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs'
import { Option } from 'commander'
import { runningStack, type StackFile } from '../local/files.ts'
import { localRole } from '../local/resources.ts'
import { sqsClient } from '../shared/clouds/aws/clients.ts'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import { nameInAws, type QueueName } from '../shared/contracts/queues.ts'
import type { SpokenCommand } from './command.ts'
import { CommandError } from './failure.ts'
import type { CliIo } from './io.ts'
import { commonWords } from './words/common.ts'
import { regionsOf } from './written-config.ts'

/** Where a command's incidents, contacts and queues are: the local stack, or a deployment. */
export interface Target {
  /** For people: `the local stack`, `fenghuo-prod in ap-southeast-1`. */
  name: string
  region: string
  /** Region, credentials and addresses, as the AWS clients of the functions take them. */
  env: Env
  tables: { contacts: string; incidents: string; checks: string; regions: string }
  queueUrl(queue: QueueName): Promise<string>
}

export interface TargetOptions {
  local?: true
  stage?: string
  region?: string
  data?: string
  /** The console by which it is done in place of the tables. */
  console?: string
}

/** The service's name in serverless.yml, with which the names of queues and tables begin. */
const SERVICE = 'fenghuo'

/** The region that serverless.yml deploys to when nobody says otherwise. */
export const USUAL_REGION = 'ap-southeast-1'

/** Adds the options that say where. */
export function addTargetOptions(command: SpokenCommand): SpokenCommand {
  const say = commonWords[command.language]
  return command
    .addOption(new Option('--local', say.local).conflicts('stage'))
    .option('--stage <stage>', say.stage)
    .option('--region <region>', say.region(USUAL_REGION))
    .option('--data <folder>', say.data)
}

/** What a command is told that does something to an incident in somebody's name. */
export type ActingOptions = TargetOptions & { as?: string; json?: true }

/** Adds the options of a command that does something to an incident in somebody's name. */
export function addActingOptions(command: SpokenCommand): SpokenCommand {
  const say = commonWords[command.language]
  return addTargetOptions(command.option('--as <contact>', say.as).option('--json', say.json))
}

/** Adds the option of a command that a console can carry out; `says`: when it does, where that is not wherever one is known. */
export function addConsoleOption(command: SpokenCommand, says = commonWords[command.language].console): SpokenCommand {
  const option = new Option('--console <url>', says)
  return command.addOption(option.conflicts(['stage', 'local', 'region', 'data', 'config', 'oncall']))
}

/** Finds what to talk to; of several regions that nobody names, the first in order. Throws a `CommandError` that says how to name it. */
export function findTarget(
  options: TargetOptions & { config?: string },
  io: Pick<CliIo, 'root' | 'cwd' | 'env' | 'language'>,
): Target {
  if (options.stage !== undefined) return deployment(options.stage, options, io)
  if (options.region !== undefined)
    throw new CommandError({
      en: `--region ${options.region}: of which deployment? Name it with --stage, such as prod`,
      zh: `--region ${options.region}：哪个部署的？用 --stage 指明，如 prod`,
    })
  const stack = findStack(options, io)
  if (stack) return localStack(stack, io)
  if (options.local)
    throw new CommandError({
      en: `no local stack runs with its data in ${options.data ?? '.fenghuo'}: start one with npm start`,
      zh: `没有数据在 ${options.data ?? '.fenghuo'} 的本地栈在运行：用 npm start 启动`,
    })
  throw new CommandError({
    en: 'where? No local stack runs: start one with npm start, or name a deployment with --stage (and --region)',
    zh: '在哪里？没有本地栈在运行：用 npm start 启动，或用 --stage（和 --region）指明一个部署',
  })
}

/** The local stack, if it runs. */
export function findStack(
  options: Pick<TargetOptions, 'data'>,
  io: Pick<CliIo, 'root' | 'cwd'>,
): StackFile | undefined {
  const folder = dataFolder(options, io)
  try {
    return runningStack(folder)
  } catch (error) {
    throw new CommandError({
      en: `${folder}/stack.json can't be read (${String(error)}): stop the stack and remove the file`,
      zh: `读不了 ${folder}/stack.json（${String(error)}）：停掉本地栈，删除这个文件`,
    })
  }
}

/** Where the local stack keeps its data: what is named on the command line is relative to where that is typed. */
export function dataFolder({ data }: Pick<TargetOptions, 'data'>, io: Pick<CliIo, 'root' | 'cwd'>): string {
  return data === undefined ? join(io.root, '.fenghuo') : resolve(io.cwd, data)
}

/** Throws a `CommandError` for what can't be the name of a stage. */
export function checkStage(stage: string): void {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(stage))
    throw new CommandError({
      en: `--stage ${stage}: a stage has letters, digits and -, such as prod`,
      zh: `--stage ${stage}：stage 由字母、数字和 - 组成，如 prod`,
    })
}

function localStack(stack: StackFile, { env, language }: Pick<CliIo, 'env' | 'language'>): Target {
  const of = (record: Record<string, string>, name: string) => {
    const found = record[name]
    if (found === undefined)
      throw new CommandError({
        en: `the local stack has no ${name}: stop it and start this version`,
        zh: `本地栈没有 ${name}：停掉它，启动这个版本`,
      })
    return found
  }
  return {
    name: commonWords[language].localStack,
    region: stack.region,
    env: {
      AWS_REGION: stack.region,
      AWS_ENDPOINT_URL_SQS: stack.sqs,
      AWS_ENDPOINT_URL_DYNAMODB: stack.dynamodb,
      ...credentialsFor(stack, env),
    },
    tables: {
      contacts: of(stack.tables, 'contacts'),
      incidents: of(stack.tables, 'incidents'),
      checks: of(stack.tables, 'checks'),
      regions: of(stack.tables, 'regions'),
    },
    queueUrl: async (queue) => of(stack.queues, queue),
  }
}

/** Embedded servers take made-up credentials; a server that the environment gave to the stack may want its own. */
function credentialsFor(stack: StackFile, env: Env): Env {
  const isGiven = env.AWS_ENDPOINT_URL_SQS === stack.sqs || env.AWS_ENDPOINT_URL_DYNAMODB === stack.dynamodb
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = env
  if (isGiven && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) return { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }
  return localRole
}

/** The environment to ask AWS with in a region. A profile wins over keys, as it does for every AWS tool: the SDK finds them itself. */
export function awsEnv(env: Env, region: string): Env {
  const keys = env.AWS_PROFILE ? { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined } : {}
  return { ...env, ...keys, AWS_REGION: region }
}

function deployment(
  stage: string,
  options: { region?: string; config?: string },
  io: Pick<CliIo, 'root' | 'cwd' | 'env' | 'language'>,
): Target {
  checkStage(stage)
  const { env, language } = io
  const region = options.region || regionsOf(options, io)[0] || env.AWS_REGION || env.AWS_DEFAULT_REGION || USUAL_REGION
  const prefix = `${SERVICE}-${stage}`
  const settings = awsEnv(env, region)
  return {
    name: commonWords[language].deployment(prefix, region),
    region,
    env: settings,
    tables: {
      contacts: `${prefix}-contacts`,
      incidents: `${prefix}-incidents`,
      checks: `${prefix}-checks`,
      regions: `${prefix}-regions`,
    },
    async queueUrl(queue) {
      const name = `${prefix}-${nameInAws(queue)}`
      const { QueueUrl } = await sqsClient(settings).send(new GetQueueUrlCommand({ QueueName: name }))
      if (QueueUrl === undefined)
        throw new CommandError({ en: `there is no queue ${name} in ${region}`, zh: `${region} 没有队列 ${name}` })
      return QueueUrl
    },
  }
}
