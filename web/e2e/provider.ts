/** A provider of OpenID Connect on this machine: the certified one of npm, with a page of one field to log in. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Configuration, Provider } from "oidc-provider";

const CLIENT = "tingting";
const SECRET = "a-secret-of-the-tests-only";

const PAGE = `<!doctype html><title>provider</title><h1>provider</h1>
<form method="post"><input name="login" aria-label="login" autofocus>
<button name="go" value="in">log in</button><button name="go" value="deny">deny</button></form>`;

const CONFIGURATION: Configuration = {
  clients: [
    {
      client_id: CLIENT,
      client_secret: SECRET,
      // A program on this machine has another port at each start, which the standard allows for such.
      application_type: "native",
      redirect_uris: ["http://127.0.0.1/login/here/callback"],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  cookies: { keys: ["a-key-of-the-tests-only"] },
  claims: { openid: ["sub"], profile: ["name", "nickname"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, nickname: id }) }),
  // Nobody is asked what the program may know.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client?.clientId,
      accountId: oidc.session?.accountId,
    });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
};

export class LogInProvider {
  issuer = "";
  readonly #server: Server = createServer();

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const provider = new Provider(this.issuer, CONFIGURATION);
    const answer = provider.callback();
    this.#server.on("request", (request, response) => {
      if (request.url?.startsWith("/interaction/")) void interact(provider, request, response);
      else void answer(request, response);
    });
  }

  /** What the program's configuration file says of it. */
  get config(): string {
    return `[[providers]]
id = "here"
name = "Here"
issuer = "${this.issuer}"
client_id = "${CLIENT}"
client_secret = "${SECRET}"
`;
  }

  end(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST") {
    // The provider asks once more for a program on this machine, also where it knows who somebody is.
    const { prompt } = await provider.interactionDetails(request, response);
    if (prompt.name === "consent") {
      await provider.interactionFinished(request, response, { consent: {} });
      return;
    }
    response.setHeader("Content-Type", "text/html");
    response.end(PAGE);
    return;
  }
  let body = "";
  for await (const part of request) body += String(part);
  const told = new URLSearchParams(body);
  const result =
    told.get("go") === "deny"
      ? { error: "access_denied" }
      : { login: { accountId: told.get("login") ?? "" }, consent: {} };
  await provider.interactionFinished(request, response, result);
}
