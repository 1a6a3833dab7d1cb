import { isIP } from 'node:net'
import * as z from 'zod'
import { type Mistake, mistake, wrong } from '../../contracts/mistake.ts'
import { references } from '../../contracts/references.ts'

/** A text that is secret, so that it must not stand in a file. */
export const secret = z.string().refine(
  (text) => references(text).length > 0,
  wrong('plain-secret', {
    en: 'is a secret: keep it in the environment and write ${NAME} here',
    zh: '是密钥：放在环境变量里，这里写 ${NAME}',
  }),
)

/** Keys that name a file: what it holds is packed with the check, its path is relative to the configuration. */
export const identityFiles = ['ca', 'clientCert']

/** What a check that verifies certificates loads when one does not hold. */
export const identityModules = ['certificate-fault', 'wide-context']

/** The key by which a check that names no URL asks for another name than its target's. */
export const serverName = z
  .string()
  .refine(
    (name) => isIP(name) === 0,
    wrong('no-host-name', { en: 'must be a name: an address is never asked for', zh: '应为域名：不会请求地址' }),
  )
  .min(1)
  .exactOptional()
  .meta({
    description: 'The name to ask for, which the certificate must hold for.',
    zh: '要请求的域名，证书必须对它有效。',
    absent: { en: "the target's host", zh: '目标的主机' },
    examples: ['shop.example.com'],
  })

/** The keys by which any check that speaks TLS says whom it trusts and who it is. */
export const identityKeys = {
  ca: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'A PEM file of authorities, trusted in place of the public ones. Relative to this file.',
      zh: '所信任机构的 PEM 文件，代替公共机构。路径相对于本文件。',
      examples: ['certs/internal-ca.pem'],
    }),
  clientCert: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'A PEM file of the certificate that the probe shows, and its chain. Relative to this file.',
      zh: '探针出示的证书及其证书链的 PEM 文件。路径相对于本文件。',
      examples: ['certs/probe.pem'],
    }),
  clientKey: secret.exactOptional().meta({
    description: 'Its private key in PEM: a reference to the environment.',
    zh: '其 PEM 私钥：写成对环境变量的引用。',
    examples: ['${PROBE_KEY}'],
  }),
}

const NO_KEY = mistake('needs-other', {
  en: 'needs its private key: `clientKey: ${NAME}`',
  zh: '需要它的私钥：`clientKey: ${NAME}`',
})

const NO_CERTIFICATE = mistake('needs-other', {
  en: 'needs its certificate: `clientCert: probe.pem`',
  zh: '需要它的证书：`clientCert: probe.pem`',
})

/** What is wrong with an identity, by key. */
export function identityMistakes(keys: { clientCert?: string; clientKey?: string }) {
  const mistakes: [key: string, mistake: Mistake][] = []
  if (keys.clientCert !== undefined && keys.clientKey === undefined) mistakes.push(['clientCert', NO_KEY])
  if (keys.clientKey !== undefined && keys.clientCert === undefined) mistakes.push(['clientKey', NO_CERTIFICATE])
  return mistakes
}
