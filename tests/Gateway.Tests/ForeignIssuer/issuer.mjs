// An OpenID Connect issuer by other people. It names roles in its own way and in a claim of its own, as foreign issuers do.
// Usage: node issuer.mjs PORT; prints "ready" when it answers.
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'foreign-client',
    client_secret: 'foreign-secret',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_context, resource) => ({
        scope: 'api',
        audience: resource,
        accessTokenTTL: 600,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  extraTokenClaims: () => ({
    groups: ['CS-Quality', 'CS-Everybody'],
    display_name: '外部系統',
    unit: 'quality',
  }),
});
provider.listen(port, '127.0.0.1', () => console.log('ready'));
