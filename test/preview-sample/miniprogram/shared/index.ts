// Reachable as `shared/index` only: WeChat resolves no folders.

export const nothing = 0
