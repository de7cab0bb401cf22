export default {
  // Nothing is sent home, and nothing is fetched.
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
  build: { inlineStylesheets: 'never' },
};
