// What WeChat remembers: apps, people, codes, keys, tokens, numbers, consent, the handsets' storage.

import { createBlobs } from './data/blobs'
import type { Secrets } from './mask'
import type { Tables } from './ports'
import { type AccessTokens, createAccessTokens } from './state/access-tokens'
import { type Accounts, createAccounts } from './state/accounts'
import { type Apps, createApps } from './state/apps'
import { type CloudIDs, createCloudIDs } from './state/cloud-ids'
import { type Consents, createConsents } from './state/consents'
import { type ContentRules, createContentRules } from './state/content-rules'
import { type ContentServices, createContentServices } from './state/content-service'
import { createFiles, type Files } from './state/files'
import { createFlash, type Flash } from './state/flash'
import { createLoginCodes, type LoginCodes } from './state/login-codes'
import { createMediaChecks, type MediaChecks } from './state/media-checks'
import { createPhoneCodes, type PhoneCodes } from './state/phone-codes'
import { createPhoneNumbers, type PhoneNumbers } from './state/phone-numbers'
import { createPhoneService, type PhoneService } from './state/phone-service'
import { createProfileServices, type ProfileServices } from './state/profile-service'
import { createQuotas, type Quotas } from './state/quotas'
import { createSealedHashes, type SealedHashes } from './state/sealed-hashes'
import { createSessionKeys, type SessionKeys } from './state/session-keys'
import { createTempFiles, type TempFiles } from './state/temp-files'
import { createVisits, type Visits } from './state/visits'
import type { Clock } from './types'

export interface State {
  readonly apps: Apps
  readonly accounts: Accounts
  readonly codes: LoginCodes
  readonly keys: SessionKeys
  readonly quotas: Quotas
  readonly flash: Flash
  readonly tokens: AccessTokens
  readonly phoneCodes: PhoneCodes
  readonly numbers: PhoneNumbers
  readonly phoneService: PhoneService
  readonly sealed: SealedHashes
  readonly cloudIDs: CloudIDs
  readonly consents: Consents
  /** Of the cloud storage. */
  readonly files: Files
  readonly contentRules: ContentRules
  readonly contentServices: ContentServices
  readonly mediaChecks: MediaChecks
  readonly visits: Visits
  readonly profileServices: ProfileServices
  /** Of the handsets; never on disk. */
  readonly tempFiles: TempFiles
  /** Who has this openid in this app. */
  personOf(openid: string, appid: string): string | undefined
  /** What the trace must not show. */
  readonly secrets: Secrets
  /** After the tables were emptied: puts the first day's apps and people there. */
  begin(): void
}

export function createState({
  tables,
  clock,
  data,
}: {
  tables: Tables
  clock: Clock
  data?: string | undefined
}): State {
  const apps = createApps(tables)
  const accounts = createAccounts(tables)
  const codes = createLoginCodes(tables, clock)
  const keys = createSessionKeys(tables, clock)
  const quotas = createQuotas(tables, clock)
  const tokens = createAccessTokens(tables, clock, quotas)
  const phoneCodes = createPhoneCodes(tables, clock)
  const numbers = createPhoneNumbers(tables, accounts)
  const cloudIDs = createCloudIDs(tables, clock)
  const tempFiles = createTempFiles()
  const files = createFiles(tables, clock, createBlobs(data))
  let names = new Set<string>()
  let named = 0
  /** openids and unionids of everybody, made anew when somebody joins. */
  const everybody = () => {
    const people = accounts.all()
    if (named !== people.length) {
      named = people.length
      names = new Set(
        people.flatMap(({ id }) => [apps.unionid(id), ...apps.all().map(({ appid }) => apps.openid(id, appid))]),
      )
    }
    return names
  }
  return {
    apps,
    accounts,
    codes,
    keys,
    quotas,
    flash: createFlash(tables),
    tokens,
    phoneCodes,
    numbers,
    phoneService: createPhoneService(tables),
    sealed: createSealedHashes(tables, clock),
    cloudIDs,
    consents: createConsents(tables, clock),
    contentRules: createContentRules(tables),
    contentServices: createContentServices(tables),
    mediaChecks: createMediaChecks(tables),
    visits: createVisits(tables, clock),
    profileServices: createProfileServices(tables),
    files,
    tempFiles,
    personOf: (openid, appid) => accounts.all().find(({ id }) => apps.openid(id, appid) === openid)?.id,
    secrets: {
      anywhere: () => [
        ...keys.all(),
        ...apps.all().map(({ secret }) => secret),
        ...accounts.all().map(({ phone }) => phone),
        ...numbers.all(),
      ],
      isWord: (word) => codes.knows(word) || phoneCodes.knows(word) || tokens.knows(word) || cloudIDs.knows(word),
      isName: (word) => everybody().has(word),
    },
    begin() {
      tempFiles.clear()
      files.begin()
      apps.begin()
      accounts.begin()
    },
  }
}
