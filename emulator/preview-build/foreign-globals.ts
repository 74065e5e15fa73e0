// What a browser has and a mini-program's script has not: using it must fail here as it fails on a phone.

const FOREIGN = [
  'window',
  'document',
  'navigator',
  'location',
  'history',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'Worker',
  'FormData',
  'Headers',
  'Request',
  'Response',
  'Blob',
  'File',
  'FileReader',
  'Image',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'AbortController',
  'crypto',
  'atob',
  'btoa',
  'structuredClone',
  'requestAnimationFrame',
  'alert',
  'confirm',
  'prompt',
  'postMessage',
  'parent',
  'top',
  'self',
  'frames',
] as const

/**
 * For esbuild's `define`: free uses of these names become a name that does not exist, so `typeof document` is
 * `'undefined'` and `document.title` throws a ReferenceError that says why. A local variable of that name is left alone.
 */
export const foreignGlobals: Record<string, string> = Object.fromEntries(
  FOREIGN.map((name) => [name, `${name}_does_not_exist_in_a_mini_program`]),
)
