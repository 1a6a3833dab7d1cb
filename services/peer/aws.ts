import { withDoubtedSecret } from '../../shared/clouds/aws/doubted-secret.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { peersOnAws } from '../../shared/clouds/aws/peers.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import type { SecretAgain } from '../../shared/clouds/doubted-secret.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { answerPeer } from '../../shared/engine/regions/answer-peer.ts'
import { greetingBack } from '../../shared/engine/regions/greet-peer.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env, secretAgain?: SecretAgain): Handler {
  const engine = engineOnAws(env, { config: readConfig(env) })
  const peers = peersOnAws(env, Date.now, secretAgain && { secretAgain })
  const own = required(env, 'AWS_REGION')
  return async (event, context) =>
    greetingBack(event, own, Date.now()) ?? answerPeer(event, { ...engine.io(context), peers })
}

/** What Lambda calls. */
export const handler = withDoubtedSecret(wire, { env: process.env, now: Date.now, log: writeLog })
