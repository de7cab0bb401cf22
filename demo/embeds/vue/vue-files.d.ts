/** The type that TypeScript needs for `.vue` files. */
declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
