import * as z from 'zod'
import { type Mistake, mistake } from '../../contracts/mistake.ts'

/** The key by which a check that speaks TLS verifies nothing. */
export const insecure = z.boolean().default(false).meta({
  description:
    'Takes any certificate: expired, of another host, of anybody. Whoever stands in between can answer, and sees what is sent. `ca` is the better way to trust an authority of your own.',
  zh: '接受任何证书：过期的、属于别的主机的、任何人签发的。中间人可以冒充应答，并看到所发送的内容。信任自己的机构请用 `ca`。',
})

/** What `fenghuo validate` says of such a check. */
export function insecureCautions({ insecure }: { insecure: boolean }): [key: string, mistake: Mistake][] {
  const words = {
    en: 'whoever stands in between can answer, and sees what is sent; `ca` trusts an authority of your own',
    zh: '中间人可以冒充应答，并看到所发送的内容；信任自己的机构请用 `ca`',
  }
  return insecure ? [['insecure', mistake('insecure', words)]] : []
}
