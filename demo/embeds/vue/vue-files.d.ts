/** What TypeScript by itself has to know of a `.vue` file. */
declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
