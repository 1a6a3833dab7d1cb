/**
 * What the names of a function's secrets in its cloud's store begin with: a path of Systems Manager's parameters on AWS, the beginning
 * of the secrets' own names on the other clouds. Absent: all stands in the environment.
 */
export const SECRETS_UNDER = 'FENGHUO_SECRETS'

/** The ARN of the secret: of a parameter, or in Secrets Manager. Absent: it is in the environment, as on the local stack. */
export const SECRET_ARN = 'FENGHUO_SECRET_ARN'

/** What it is in the environment, wherever it was read. */
export const SECRET = 'FENGHUO_SECRET'

/** The half of a sender's key that a probe on another cloud reads from there too. */
export const SENDER_KEY = 'AWS_ACCESS_KEY_ID'
export const SENDER_KEY_SECRET = 'AWS_SECRET_ACCESS_KEY'
