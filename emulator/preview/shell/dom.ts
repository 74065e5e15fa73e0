// Making elements without markup in strings.

export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { className = '', text = '', ...attributes }: { className?: string; text?: string; [attribute: string]: string } = {},
  children: readonly Node[] = [],
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text) element.textContent = text
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

export const makeButton = (className: string, text: string, onTap: () => void): HTMLButtonElement => {
  const button = make('button', { className, text, type: 'button' })
  button.addEventListener('click', onTap)
  return button
}
