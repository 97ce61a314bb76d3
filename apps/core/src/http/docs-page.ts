import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';

const initializer = `window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#swagger-ui',
    deepLinking: true,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: 'StandaloneLayout',
  });
};
`;

/** The API reference at /docs and its source at /openapi.json. All assets come from this machine, none from a CDN. */
export function addDocs(router: Router, openApi: object): void {
  const text = JSON.stringify(openApi);
  router.get('/openapi.json', (_request, response) => void response.type('application/json').send(text));
  router.get('/docs/swagger-initializer.js', (_request, response) => {
    response.type('text/javascript').send(initializer);
  });
  router.use('/docs', express.static(assets(), { index: 'index.html', maxAge: '1h' }));
}

/** A built service has them beside itself (`npm run build`), a source tree in its packages. */
function assets(): string {
  const beside = fileURLToPath(new URL('./swagger-ui', import.meta.url));
  return existsSync(beside) ? beside : dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}
