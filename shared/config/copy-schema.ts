import * as z from 'zod'
import { type Mistake, mistake, noteMistakes, wrong } from '../contracts/mistake.ts'
import { copyClouds } from '../contracts/status-page.ts'
import { address } from './console-schema.ts'
import { keyReference } from './key-reference.ts'
import { noRegion } from './regions-schema.ts'

/** S3's rules for names of new buckets, and no dot: with one the certificate of S3's address does not hold (S3 user guide, "General purpose bucket naming rules"). Those of OSS and COS are the same. */
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/

/**
 * How OSS and COS call regions; new ones come too often for a list. Those of finance and government have more parts: `ap-shanghai-fsi`,
 * `cn-north-2-gov-1`, `cn-shanghai-finance-1`.
 */
const REGION = /^[a-z]{2}-[a-z]+(-[a-z0-9]+)*$/

const regionExamples = {
  aliyun: { title: { en: 'Alibaba Cloud', zh: '阿里云' }, region: 'cn-hangzhou' },
  tencent: { title: { en: 'Tencent Cloud', zh: '腾讯云' }, region: 'ap-guangzhou' },
}

const signer = (description: string, zh: string) =>
  keyReference.exactOptional().meta({
    description,
    zh,
    absent: { en: "the cloud's usual variable", zh: '该云惯用的变量' },
    examples: ['${COPY_KEY}'],
  })

/** The key `copy` of a status page. */
export const copy = z
  .strictObject({
    cloud: z.enum(copyClouds).default('aws').meta({
      description: 'Whose bucket it is: of S3, of OSS (`aliyun`) or of COS (`tencent`).',
      zh: '谁的存储桶：S3、OSS（`aliyun`）或 COS（`tencent`）。',
    }),
    bucket: z
      .string()
      .regex(
        BUCKET,
        wrong('no-bucket', (input) => ({
          en: `"${input}" is no bucket: 3 to 63 small letters, digits and hyphens`,
          zh: `“${input}”不是存储桶：3 到 63 个小写字母、数字和连字符`,
        })),
      )
      .meta({
        description: 'The bucket; of COS its name with the APPID, `example-status-1250000000`.',
        zh: '存储桶；COS 的写带 APPID 的全名，如 `example-status-1250000000`。',
        examples: ['example-status'],
      }),
    region: z.string().meta({
      description:
        "Its region: another one than the deployment is in. Of OSS the region's id, in the finance cloud too: `cn-shanghai-finance-1`, not the name in its public endpoint.",
      zh: '它所在的地域：不要与部署相同。OSS 写地域 ID，金融云也是：`cn-shanghai-finance-1`，而非公网 Endpoint 中的名称。',
      examples: ['eu-west-1'],
    }),
    prefix: z
      .string()
      .regex(
        /^[\w-]+(\/[\w-]+)*\/?$/,
        wrong('no-prefix', {
          en: 'must be names between slashes, such as status/pay',
          zh: '应为斜杠分隔的名称，如 status/pay',
        }),
      )
      .exactOptional()
      .meta({
        description: 'The folder in the bucket.',
        zh: '桶中的目录。',
        absent: { en: 'its top', zh: '最上层' },
        examples: ['pay'],
      }),
    url: address.exactOptional().meta({
      description: 'Where outsiders read the copy, such as a distribution of CloudFront or a domain of the bucket.',
      zh: '外部访问副本的地址，如 CloudFront 分配或存储桶绑定的域名。',
      absent: { en: "the bucket's own address", zh: '存储桶自己的地址' },
      examples: ['https://status.example.com'],
    }),
    keyId: signer(
      'Who signs at OSS or COS: the id of a key that may put objects below this folder, and no more.',
      '在 OSS 或 COS 签名的密钥 ID，只需能写入该目录下的对象。',
    ),
    keySecret: signer('Its secret.', '它的密钥。'),
  })
  .superRefine(({ cloud, bucket, region, keyId, keySecret }, context) => {
    const noted = (key: string, one: Mistake | undefined): [string, Mistake][] =>
      one === undefined ? [] : [[key, one]]
    noteMistakes(context, [
      ...noted('region', cloud === 'aws' ? noRegion(region) : noRegionOf(cloud, region)),
      ...noted('bucket', cloud === 'tencent' && !/-\d+$/.test(bucket) ? noAppId(bucket) : undefined),
      ...noted('keyId', cloud === 'aws' && keyId !== undefined ? ownRights : undefined),
      ...noted('keySecret', cloud === 'aws' && keySecret !== undefined ? ownRights : undefined),
    ])
  })

function noRegionOf(cloud: keyof typeof regionExamples, text: string): Mistake | undefined {
  const { title, region } = regionExamples[cloud]
  if (REGION.test(text)) return undefined
  return mistake('no-region', {
    en: `"${text}" is no region of ${title.en}, such as ${region}`,
    zh: `“${text}”不是${title.zh}的地域，如 ${region}`,
  })
}

function noAppId(bucket: string): Mistake {
  return mistake('no-app-id', {
    en: `"${bucket}" lacks the APPID with which names of buckets of COS end: ${bucket}-1250000000`,
    zh: `“${bucket}”缺少 COS 存储桶名末尾的 APPID：如 ${bucket}-1250000000`,
  })
}

const ownRights = mistake('no-effect', {
  en: 'has no effect with S3: watch puts by the rights of its own role',
  zh: '对 S3 没有作用：watch 用自己角色的权限写入',
})
