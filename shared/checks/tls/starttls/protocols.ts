/** The protocols that begin in the clear and change over to TLS, with the port that each uses for it. */
export const startTlsPorts = { smtp: 25, imap: 143, pop3: 110, postgres: 5432, mysql: 3306, ldap: 389 } as const

export type StartTls = keyof typeof startTlsPorts
