// Words of the first tab.

export const greet = (): string => '世界'
