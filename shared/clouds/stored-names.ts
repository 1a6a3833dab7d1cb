/**
 * What the names of a function's secrets in its cloud's store begin with: a path of Systems Manager's parameters on AWS, the beginning
 * of the secrets' own names on the other clouds. Absent: all stands in the environment.
 */
export const SECRETS_UNDER = 'FENGHUO_SECRETS'

/** The ARN of the secret that Secrets Manager keeps. Absent: it is in the environment, as on the local stack. */
export const SECRET_ARN = 'FENGHUO_SECRET_ARN'

/** The half of a sender's key that a probe on another cloud reads from there too. */
export const SENDER_KEY = 'AWS_ACCESS_KEY_ID'
export const SENDER_KEY_SECRET = 'AWS_SECRET_ACCESS_KEY'
