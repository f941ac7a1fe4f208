//! One provider: what it says of itself, where it sends people, and whom its tokens name. Rules L6 to L9.

use std::sync::Arc;

use catalogue::Login;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient,
    CoreClientAuthMethod, CoreGrantType, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    ProviderMetadata, RedirectUrl, Scope, SignatureVerificationError, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::fetch::{Fetch, FetchError};
use super::options::ProviderOptions;
use crate::clock::UnixTime;
use crate::limits::{PROVIDER_AGAIN_AFTER, PROVIDER_FRESH_FOR};

/// What OpenID Connect does not know of a provider, and OAuth does.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct More {
    #[serde(default)]
    code_challenge_methods_supported: Vec<String>,
}

impl AdditionalProviderMetadata for More {}

type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider, and what it last said of itself.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(super) options: ProviderOptions,
    said: Mutex<Option<Said>>,
}

#[derive(Clone, Debug)]
struct Said {
    metadata: Metadata,
    at: UnixTime,
}

/// A provider, with the way to it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(super) provider: Arc<Provider>,
    pub(super) fetch: Arc<Fetch>,
}

/// Where a browser is sent, and what the server has to remember until it comes back.
#[derive(Debug)]
pub(crate) struct Begun {
    /// The provider's page.
    pub(crate) url: String,
    /// Comes back in the address, and shows that the same browser began.
    pub(crate) state: String,
    /// Comes back in the token, and shows that it was made for this log-in.
    pub(crate) nonce: String,
    /// Shows that who brings the code also began, where the provider looks at that.
    pub(crate) verifier: Option<String>,
}

/// Who a provider says has come.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) login: Login,
    pub(crate) name: Option<String>,
}

/// Why nobody was logged in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotLoggedIn {
    /// The provider does not say what it is, or cannot be reached.
    #[error("the provider does not describe itself")]
    Discovery(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the server's own address is unfit")]
    Redirect,
    /// The provider gives no token for the code.
    #[error("the provider gives no token")]
    Token(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the provider gives no token that names a person")]
    NoIdToken,
    /// The token is not one of this provider, for this server and this log-in.
    #[error("the token is not good")]
    Claims(#[source] ClaimsVerificationError),
}

impl Provider {
    pub(super) fn new(options: ProviderOptions) -> Self {
        Self { options, said: Mutex::new(None) }
    }
}

impl Asked {
    /// The provider's name in addresses.
    pub(crate) fn id(&self) -> &str {
        &self.provider.options.id
    }

    /// The address that the provider's tokens name.
    pub(crate) fn issuer(&self) -> &str {
        &self.provider.options.issuer
    }

    /// Begins a log-in that ends at `redirect`.
    pub(crate) async fn begin(&self, now: UnixTime, redirect: &str) -> Result<Begun, NotLoggedIn> {
        let metadata = self.metadata(now, PROVIDER_FRESH_FOR.as_nanos()).await?;
        let takes_pkce = metadata
            .additional_metadata()
            .code_challenge_methods_supported
            .iter()
            .any(|one| one == "S256");
        let redirect = redirect_url(redirect)?;
        let client = client(&self.provider.options, metadata.clone());
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .set_redirect_uri(std::borrow::Cow::Owned(redirect))
            .add_scopes(scopes(&metadata));
        let (request, verifier) = if takes_pkce {
            let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
            (request.set_pkce_challenge(challenge), Some(verifier.into_secret()))
        } else {
            (request, None)
        };
        let (url, state, nonce) = request.url();
        let (state, nonce) = (state.into_secret(), nonce.secret().clone());
        Ok(Begun { url: url.into(), state, nonce, verifier })
    }

    /// Whom the code names that the provider gave for a log-in.
    pub(crate) async fn finish(
        &self,
        now: UnixTime,
        redirect: &str,
        code: String,
        nonce: String,
        verifier: Option<String>,
    ) -> Result<Person, NotLoggedIn> {
        let metadata = self.metadata(now, PROVIDER_FRESH_FOR.as_nanos()).await?;
        let token = self.token(metadata.clone(), redirect, code, verifier).await?;
        let nonce = Nonce::new(nonce);
        let checked = self.check(metadata, &token, &nonce);
        let checked = match checked {
            // The provider may have changed its keys since.
            Err(error) if is_about_key(&error) => {
                let metadata = self.metadata(now, PROVIDER_AGAIN_AFTER.as_nanos()).await?;
                self.check(metadata, &token, &nonce)
            }
            checked => checked,
        };
        checked.map_err(NotLoggedIn::Claims)
    }

    async fn token(
        &self,
        metadata: Metadata,
        redirect: &str,
        code: String,
        verifier: Option<String>,
    ) -> Result<CoreIdToken, NotLoggedIn> {
        let redirect = redirect_url(redirect)?;
        let client = client(&self.provider.options, metadata);
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| NotLoggedIn::Token(error.into()))?
            .set_redirect_uri(std::borrow::Cow::Owned(redirect));
        let request = match verifier {
            Some(verifier) => request.set_pkce_verifier(PkceCodeVerifier::new(verifier)),
            None => request,
        };
        let answer = request.request_async(&*self.fetch).await;
        let answer = answer.map_err(|error| NotLoggedIn::Token(told(&error).into()))?;
        answer.id_token().cloned().ok_or(NotLoggedIn::NoIdToken)
    }

    /// Checks signature, issuer, audience, time and nonce of a token.
    fn check(
        &self,
        metadata: Metadata,
        token: &CoreIdToken,
        nonce: &Nonce,
    ) -> Result<Person, ClaimsVerificationError> {
        let algorithms: Vec<_> = metadata
            .id_token_signing_alg_values_supported()
            .iter()
            .filter(|one| is_signature(one))
            .cloned()
            .collect();
        let client = client(&self.provider.options, metadata);
        let verifier = client.id_token_verifier().set_allowed_algs(algorithms);
        let claims: &CoreIdTokenClaims = token.claims(&verifier, nonce)?;
        let login = Login {
            issuer: claims.issuer().as_str().to_owned(),
            subject: claims.subject().as_str().to_owned(),
        };
        Ok(Person { login, name: name(claims) })
    }

    /// What the provider says of itself, at most `age_ns` old.
    async fn metadata(&self, now: UnixTime, age_ns: u128) -> Result<Metadata, NotLoggedIn> {
        let mut said = self.provider.said.lock().await;
        if let Some(Said { metadata, at }) = &*said
            && u128::from(now.since(*at)) < age_ns
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.provider.options.issuer.clone());
        let issuer = issuer.map_err(|error| NotLoggedIn::Discovery(error.into()))?;
        match Metadata::discover_async(issuer, &*self.fetch).await {
            Ok(metadata) => {
                *said = Some(Said { metadata: metadata.clone(), at: now });
                Ok(metadata)
            }
            Err(error) => Err(NotLoggedIn::Discovery(error.to_string().into())),
        }
    }
}

type Ready = CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

fn client(options: &ProviderOptions, metadata: Metadata) -> Ready {
    // A provider that says nothing takes the secret in a header. Kakao takes it in the body alone.
    let methods = metadata.token_endpoint_auth_methods_supported();
    let takes_header =
        methods.is_none_or(|all| all.contains(&CoreClientAuthMethod::ClientSecretBasic));
    let auth = if takes_header { AuthType::BasicAuth } else { AuthType::RequestBody };
    let secret = options.client_secret.as_ref().map(|secret| ClientSecret::new(secret.0.clone()));
    let id = ClientId::new(options.client_id.clone());
    CoreClient::from_provider_metadata(metadata, id, secret).set_auth_type(auth)
}

/// The nickname is all that is asked for besides who it is. A provider that names its scopes otherwise, as Kakao does, is asked
/// in its words.
fn scopes(metadata: &Metadata) -> Vec<Scope> {
    let known = metadata.scopes_supported();
    let has = |name: &str| known.is_none_or(|all| all.iter().any(|scope| scope.as_str() == name));
    let wanted = ["profile", "profile_nickname"].into_iter().find(|name| has(name));
    wanted.map(|name| Scope::new(name.to_owned())).into_iter().collect()
}

fn redirect_url(text: &str) -> Result<RedirectUrl, NotLoggedIn> {
    RedirectUrl::new(text.to_owned()).map_err(|_| NotLoggedIn::Redirect)
}

/// Whether only the provider can make such a signature. The server knows the secret of the others, too, and so might somebody
/// who has learned it.
fn is_signature(algorithm: &CoreJwsSigningAlgorithm) -> bool {
    use CoreJwsSigningAlgorithm as Algorithm;
    !matches!(
        algorithm,
        Algorithm::HmacSha256 | Algorithm::HmacSha384 | Algorithm::HmacSha512 | Algorithm::None
    )
}

fn is_about_key(error: &ClaimsVerificationError) -> bool {
    matches!(
        error,
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey
                | SignatureVerificationError::CryptoError(_)
                | SignatureVerificationError::AmbiguousKeyId(_)
        )
    )
}

fn name(claims: &CoreIdTokenClaims) -> Option<String> {
    let nickname =
        claims.nickname().and_then(|all| all.get(None)).map(|one| one.as_str().to_owned());
    let name = nickname
        .or_else(|| claims.name().and_then(|all| all.get(None)).map(|one| one.as_str().to_owned()))
        .or_else(|| claims.preferred_username().map(|one| one.as_str().to_owned()));
    let name = name?.trim().replace(char::is_control, "");
    (!name.is_empty()).then_some(name)
}

/// What an error says, without what the provider sent: that may hold a token.
fn told<E: openidconnect::ErrorResponse>(
    error: &openidconnect::RequestTokenError<FetchError, E>,
) -> String {
    use openidconnect::RequestTokenError as Error;
    match error {
        Error::ServerResponse(_) => "the provider refuses the code".to_owned(),
        Error::Request(error) => error.to_string(),
        Error::Parse(..) => "the provider's answer is no token".to_owned(),
        Error::Other(_) => "the provider answers something else".to_owned(),
    }
}
