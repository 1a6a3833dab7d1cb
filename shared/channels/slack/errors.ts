import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

const newHook: Remedy = {
  zh: '请在应用的 Incoming Webhooks 中新建，在部署环境中设置后再次部署',
  en: "make a new one under the app's Incoming Webhooks, set it where you deploy, and deploy",
}

const invite: Remedy = { zh: '请在频道中输入 /invite @应用名', en: 'type /invite and the app’s name in the channel' }

const setToken: Remedy = {
  zh: '请核对 Bot User OAuth Token，在部署环境中设置后再次部署',
  en: 'check the Bot User OAuth Token, set it where you deploy, and deploy',
}

const addScope: Remedy = {
  zh: '应用需要权限 chat:write，添加后重新安装应用',
  en: 'the app needs the scope chat:write: add it, and install the app again',
}

/** Incoming webhooks answer with a word, methods of the Web API with `error` in a 200: both are here. */
export const errors: ErrorTable = {
  source: 'api.slack.com, Sending messages using incoming webhooks; chat.postMessage',
  codes: {
    invalid_payload: { class: 'bad-request' },
    invalid_blocks: { class: 'bad-request' },
    no_text: { class: 'bad-request' },
    too_many_attachments: { class: 'bad-request' },
    user_not_found: { class: 'bad-request' },
    msg_too_long: { class: 'content-refused' },
    msg_blocks_too_long: { class: 'content-refused' },
    action_prohibited: { class: 'not-allowed' },
    posting_to_general_channel_denied: { class: 'not-allowed' },
    restricted_action: { class: 'not-allowed' },
    missing_scope: { class: 'not-allowed', remedy: addScope },
    not_in_channel: { class: 'not-allowed', remedy: invite },
    invalid_token: { class: 'bad-credentials', remedy: newHook },
    invalid_auth: { class: 'bad-credentials', remedy: setToken },
    token_revoked: { class: 'bad-credentials', remedy: setToken },
    account_inactive: { class: 'bad-credentials', remedy: setToken },
    no_service: { class: 'no-such-sender', remedy: newHook },
    no_service_id: { class: 'no-such-sender', remedy: newHook },
    no_active_hooks: { class: 'no-such-sender', remedy: newHook },
    no_team: { class: 'no-such-sender', remedy: newHook },
    team_disabled: { class: 'sender-disabled' },
    channel_not_found: { class: 'recipient-gone', remedy: invite },
    user_not_in_channel: { class: 'recipient-gone' },
    channel_is_archived: { class: 'recipient-gone' },
    is_archived: { class: 'recipient-gone' },
    rate_limited: { class: 'rate-limited', afterMs: 1_000 },
    ratelimited: { class: 'rate-limited', afterMs: 1_000 },
    rollup_error: { class: 'busy', afterMs: 2_000 },
    internal_error: { class: 'busy', afterMs: 2_000 },
    fatal_error: { class: 'busy', afterMs: 2_000 },
    service_unavailable: { class: 'busy', afterMs: 2_000 },
    request_timeout: { class: 'busy', afterMs: 2_000 },
  },
}
