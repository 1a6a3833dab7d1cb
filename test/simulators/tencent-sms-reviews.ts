import * as z from 'zod'

/** A template or signature that is not simply approved. */
export interface Review {
  /** 0 in force, 1 under review, 2 approved but not yet in force, -1 refused. */
  statusCode: 0 | 1 | 2 | -1
  reviewReply?: string
  /** Of a template. */
  content?: string
  /** True: for texts outside the mainland. */
  international?: boolean
}

export interface Reviewed {
  signs: string[]
  /** Template id → its number of variables. */
  templates: Record<string, number>
  reviews?: { templates?: Record<string, Review>; signs?: Record<string, Review> } | undefined
}

const international = z.union([z.literal(0), z.literal(1)])
const page = { Limit: z.int().min(0).max(100).optional(), Offset: z.int().min(0).optional() }
const ids = z.array(z.int()).max(100).optional()

/** Requests of version 2021-01-11, from the vendor's model (sms_models). */
export const reviewRequests = {
  DescribeSmsTemplateList: z.strictObject({ International: international, TemplateIdSet: ids, ...page }),
  DescribeSmsSignList: z.strictObject({ International: international, SignIdSet: ids, ...page }),
}

/** DescribeSmsTemplateList's answer: those asked for, or a page of all. Limit's default of 0 lists none. */
export function listTemplates(request: z.infer<(typeof reviewRequests)['DescribeSmsTemplateList']>, of: Reviewed) {
  const approved = Object.entries(of.templates).map(([id, slots]): [string, Review] => [
    id,
    { statusCode: 0, content: Array.from({ length: slots }, (_, index) => `第{${index + 1}}`).join('，') },
  ])
  const all = Object.entries({ ...Object.fromEntries(approved), ...of.reviews?.templates })
  const { International, TemplateIdSet = [], Limit = 0, Offset = 0 } = request
  const own = all.filter(([, review]) => kindOf(review) === International)
  const asked = TemplateIdSet.map(String)
  const listed = asked.length > 0 ? own.filter(([id]) => asked.includes(id)) : own.slice(Offset, Offset + Limit)
  return {
    DescribeTemplateStatusSet: listed.map(([id, review]) => ({
      TemplateId: Number(id),
      International,
      StatusCode: review.statusCode,
      ReviewReply: review.reviewReply ?? '',
      TemplateName: `template ${id}`,
      CreateTime: 1_780_000_000,
      TemplateContent: review.content ?? '',
    })),
  }
}

/** DescribeSmsSignList's answer: a page of all, 10 unless somebody says otherwise. */
export function listSigns(request: z.infer<(typeof reviewRequests)['DescribeSmsSignList']>, of: Reviewed) {
  const approved = of.signs.map((sign): [string, Review] => [sign, { statusCode: 0 }])
  const all = Object.entries({ ...Object.fromEntries(approved), ...of.reviews?.signs })
  const { International, SignIdSet = [], Limit = 10, Offset = 0 } = request
  const own = all
    .map(([sign, review], id) => ({ sign, review, id }))
    .filter(({ review }) => kindOf(review) === International)
  const listed =
    SignIdSet.length > 0 ? own.filter(({ id }) => SignIdSet.includes(id)) : own.slice(Offset, Offset + Limit)
  return {
    DescribeSignListStatusSet: listed.map(({ sign, review, id }) => ({
      SignId: id,
      International,
      StatusCode: review.statusCode,
      ReviewReply: review.reviewReply ?? '',
      SignName: sign,
      CreateTime: 1_780_000_000,
    })),
  }
}

function kindOf({ international = false }: Review): 0 | 1 {
  return international ? 1 : 0
}
