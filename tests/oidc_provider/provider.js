// An OpenID Connect provider for the sign-in tests: the certified library oidc-provider on loopback, with a login form of one
// field. `node provider.js FILE`, where FILE is JSON: {port, client_id, client_secret, redirect_uris,
// accounts: {sub: {claims: {...}, token: {...}}}}. `token` overrides claims of the signed ID token (aud, azp, iat …).
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { CompactSign, decodeJwt, decodeProtectedHeader } from "jose";
import Provider from "oidc-provider";

const wanted = JSON.parse(readFileSync(process.argv[2], "utf8"));
const issuer = `http://127.0.0.1:${wanted.port}`;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const page = (body) => `<!doctype html><title>Provider</title><body>${body}</body>`;

const provider = new Provider(issuer, {
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "test", use: "sig", alg: "RS256" }] },
  cookies: { keys: ["a key of the tests only"] },
  conformIdTokenClaims: false, // claims reach the application in the ID token, as with Keycloak, Entra and Google
  claims: { openid: ["sub"], profile: ["name", "preferred_username"], roles: ["roles", "units"] },
  scopes: ["openid", "profile", "roles"],
  clients: [
    {
      client_id: wanted.client_id,
      client_secret: wanted.client_secret,
      redirect_uris: wanted.redirect_uris,
      post_logout_redirect_uris: wanted.redirect_uris,
    },
  ],
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
      },
    },
  },
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...wanted.accounts[sub]?.claims }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile roles");
    await grant.save();
    return grant;
  },
});

const issue = provider.IdToken.prototype.issue;
provider.IdToken.prototype.issue = async function issueOverridden(options) {
  const signed = await issue.call(this, options);
  const claims = decodeJwt(signed);
  const overrides = options.use === "idtoken" && wanted.accounts[claims.sub]?.token;
  if (!overrides) return signed;
  return new CompactSign(Buffer.from(JSON.stringify({ ...claims, ...overrides })))
    .setProtectedHeader(decodeProtectedHeader(signed))
    .sign(privateKey);
};

const answer = provider.callback();
createServer(async (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html");
    return response.end(page('<form method="post"><input name="login" autofocus><button>Sign in</button></form>'));
  }
  let body = "";
  for await (const part of request) body += part;
  const accountId = new URLSearchParams(body).get("login");
  return provider.interactionFinished(request, response, { login: { accountId } });
}).listen(wanted.port, "127.0.0.1", () => console.log(`listening on ${issuer}`));
