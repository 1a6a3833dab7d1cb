import { localSecret } from '../local/files.ts'
import { sqsClient } from '../shared/clouds/aws/clients.ts'
import { readSecret } from '../shared/clouds/aws/secret-stores.ts'
import { readFunction } from './deployed-function.ts'
import { CommandError } from './failure.ts'
import type { CliIo } from './io.ts'
import { dataFolder, findStack, findTarget, type Target, type TargetOptions } from './target.ts'

/** The store is asked for so long, ms. */
const ASK_MS = 10_000

/** The address of a function, and the secret by which it knows its own signatures. Throws a `CommandError` when either can't be had. */
export async function addressAndSecret(
  name: 'acknowledge' | 'heartbeat',
  options: TargetOptions,
  io: CliIo,
): Promise<{ url: string; secret: string }> {
  const target = findTarget(options, io)
  const stack = options.stage === undefined ? findStack(options, io) : undefined
  if (stack !== undefined) return { url: stack.console, secret: localSecret(dataFolder(options, io)) }
  const { url, env } = await readFunction(`fenghuo-${options.stage}-${name}`, target, io)
  const { FENGHUO_SECRET_ARN: arn } = env
  if (!arn)
    throw new CommandError({
      en: `the function of ${target.name} has no secret: deploy it again`,
      zh: `${target.name}的函数没有密钥：请重新部署`,
    })
  return { url, secret: await secretOf(arn, target, io) }
}

async function secretOf(arn: string, { env }: Target, { now }: CliIo): Promise<string> {
  try {
    const credentials = await sqsClient(env).config.credentials()
    return await readSecret(arn, { env, credentials, now, deadline: now() + ASK_MS })
  } catch (error) {
    const said = error instanceof Error ? error.message : error
    const right = arn.split(':')[2] === 'ssm' ? 'ssm:GetParameters' : 'secretsmanager:GetSecretValue'
    throw new CommandError({
      en: `the secret can't be read (${said}): this takes ${right}`,
      zh: `读不到密钥（${said}）：需要 ${right} 权限`,
    })
  }
}
