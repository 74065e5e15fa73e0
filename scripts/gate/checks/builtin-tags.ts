// The tags WXML has without being told: WeChat's built-in components and the template language's own.
// https://developers.weixin.qq.com/miniprogram/dev/component/

export const BUILTIN_TAGS: ReadonlySet<string> = new Set([
  // the template language
  ...['block', 'template', 'import', 'include', 'wxs', 'slot'],
  // containers
  ...['view', 'scroll-view', 'swiper', 'swiper-item', 'movable-area', 'movable-view', 'cover-view', 'cover-image'],
  ...['match-media', 'page-container', 'root-portal', 'share-element'],
  // Skyline
  ...[
    'grid-view',
    'grid-builder',
    'list-view',
    'list-builder',
    'sticky-header',
    'sticky-section',
    'nested-scroll-body',
  ],
  ...['nested-scroll-header', 'draggable-sheet', 'snapshot', 'span', 'open-container'],
  ...['tap-gesture-handler', 'double-tap-gesture-handler', 'scale-gesture-handler', 'force-press-gesture-handler'],
  ...['pan-gesture-handler', 'vertical-drag-gesture-handler', 'horizontal-drag-gesture-handler'],
  ...['long-press-gesture-handler'],
  // content
  ...['icon', 'progress', 'rich-text', 'text', 'selection'],
  // forms
  ...[
    'button',
    'checkbox',
    'checkbox-group',
    'editor',
    'editor-portal',
    'form',
    'input',
    'keyboard-accessory',
    'label',
  ],
  ...['picker', 'picker-view', 'picker-view-column', 'radio', 'radio-group', 'slider', 'switch', 'textarea'],
  // navigation
  ...['functional-page-navigator', 'navigator'],
  // media, map, canvas
  ...['audio', 'camera', 'channel-live', 'channel-video', 'image', 'live-player', 'live-pusher', 'video', 'voip-room'],
  ...['map', 'canvas', 'animation-video', 'animation-view'],
  // open abilities
  ...[
    'ad',
    'ad-custom',
    'official-account',
    'official-account-publish',
    'open-data',
    'open-data-list',
    'open-data-item',
  ],
  ...['web-view', 'store-home', 'store-product', 'store-coupon', 'aria-component'],
  // page meta
  ...['page-meta', 'navigation-bar', 'custom-wrapper'],
])
