// Loud objects: what is not there is an error that names it, never `undefined`.

/** Names that engines, test runners and `await` look for on any object. */
const LOOKED_FOR = new Set([
  ...['then', 'toJSON', 'constructor', 'prototype', 'nodeType', 'tagName', 'asymmetricMatch', '$$typeof', 'inspect'],
  ...['hasOwnProperty', 'valueOf', 'toString', '__esModule', 'default', '@@__IMMUTABLE_ITERABLE__@@', '__proto__'],
  ...['@@__IMMUTABLE_RECORD__@@', 'getMockName', '_isMockFunction', 'length', 'name'],
])

/** `absent` names what WeChat has, but not in this base library: `undefined`, as on the device. */
export function loud<T extends object>(name: string, members: T, absent: ReadonlySet<string> = new Set()): T {
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key, receiver)
      if (LOOKED_FOR.has(key) || absent.has(key)) return undefined
      throw new Error(`${name}.${key} is not emulated: see emulator/README.md for how to add an operation`)
    },
  })
}
