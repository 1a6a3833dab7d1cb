import { dynamoDbIn } from '../../clouds/aws/dynamodb-in.ts'
import { required } from '../../clouds/aws/env.ts'
import { invoke } from '../../clouds/aws/invoke.ts'
import type { Env } from '../../clouds/aws/lambda.ts'
import { credentialsOf } from '../../clouds/aws/sigv4.ts'
import { dynamoTable } from '../../clouds/aws/table.ts'
import type { Instant } from '../../contracts/words.ts'
import { canaryIn } from '../../store/canary.ts'
import { greetPeer } from './greet-peer.ts'
import type { Peer } from './look-at-peers.ts'

/** The function of a region that nothing has woken yet begins in less. */
const GREET_MS = 5_000

/** A region of the deployment as `region-health` looks at it: its tables and functions have the names of ours. */
export function knownPeer(region: string, env: Env, incidentsTable: string, now: () => Instant): Peer {
  const incidents = dynamoTable(dynamoDbIn(region, env), incidentsTable)
  return {
    region,
    canary: () => canaryIn({ incidents }),
    greet: () =>
      greetPeer(region, { own: env.AWS_REGION ?? '', now }, (greeting) => {
        const [functionName, credentials] = [required(env, 'PEER_FUNCTION'), credentialsOf(env)]
        return invoke(functionName, greeting, { region, credentials, limitMs: GREET_MS, env, now })
      }),
  }
}
