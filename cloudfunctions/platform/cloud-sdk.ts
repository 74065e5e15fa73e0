// wx-server-sdk: loaded when first needed, initialised once, typed by what we use of it.
import { Refusal } from '../core/errors'

/**
 * The SDK's own typings are of the callback age (every answer may be `void` or a string) and give the environment as
 * a symbol to a function that wants a string. These are the parts we use, as they behave.
 */
export interface CloudSdk {
  DYNAMIC_CURRENT_ENV: unknown
  init(config: { env: unknown }): void
  getWXContext(): Record<string, unknown>
  database(config: { throwOnNotFound: boolean }): CloudDatabase
  openapi: {
    phonenumber: { getPhoneNumber(data: { code: string }): Promise<unknown> }
    security: { msgSecCheck(data: object): Promise<unknown>; mediaCheckAsync(data: object): Promise<unknown> }
  }
  getOpenData(options: { list: string[] }): Promise<unknown>
  uploadFile(options: { cloudPath: string; fileContent: Buffer }): Promise<{ fileID: unknown }>
  getTempFileURL(options: { fileList: string[] }): Promise<{ fileList: unknown }>
  deleteFile(options: { fileList: string[] }): Promise<{ fileList: unknown }>
}

export interface CloudDatabase {
  command: CloudCommand
  collection(name: string): CloudCollection
}

export interface CloudCommand {
  lt(value: unknown): unknown
  neq(value: unknown): unknown
  gt(value: unknown): unknown
  exists(value: boolean): unknown
  inc(value: number): unknown
  set(value: unknown): unknown
  remove(): unknown
  and(conditions: unknown[]): unknown
  or(conditions: unknown[]): unknown
  in(values: unknown[]): unknown
}

export interface CloudCollection {
  doc(id: string): {
    /** `data` is null when there is no such document. */
    get(): Promise<{ data: unknown }>
    update(options: { data: object }): Promise<{ stats: { updated: number } }>
    remove(): Promise<{ stats: { removed: number } }>
  }
  add(options: { data: object }): Promise<{ _id: unknown }>
  where(condition: unknown): {
    orderBy(field: string, order: 'asc' | 'desc'): { limit(count: number): { get(): Promise<{ data: unknown[] }> } }
    update(options: { data: object }): Promise<{ stats: { updated: number } }>
    remove(): Promise<{ stats: { removed: number } }>
  }
}

export interface LoadedCloud {
  sdk: CloudSdk
  database: CloudDatabase
}

/** Loading is 180 ms of blocking work: the first call does it, once per process. */
export const createCloudSdk = (
  load: () => CloudSdk = () => require('wx-server-sdk'),
): { loaded(): LoadedCloud; warm(): boolean } => {
  let cloud: LoadedCloud | undefined
  return {
    warm: () => cloud !== undefined,
    loaded: () => {
      cloud ??= initialised(load)
      return cloud
    },
  }
}

const initialised = (load: () => CloudSdk): LoadedCloud => {
  const sdk = loadedSdk(load)
  sdk.init({ env: sdk.DYNAMIC_CURRENT_ENV })
  // A missing document is a value, not an error.
  return { sdk, database: sdk.database({ throwOnNotFound: false }) }
}

const loadedSdk = (load: () => CloudSdk): CloudSdk => {
  try {
    return load()
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : ''
    const message = 'wx-server-sdk does not load: deploy the function with its dependencies installed in the cloud'
    throw new Refusal('MISCONFIGURED', message, { detail })
  }
}
