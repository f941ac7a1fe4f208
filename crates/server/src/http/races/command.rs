//! The parts that all commands to a race share: the sender and the possible answers.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use practice::Act;
use protocol::Commanded;
use sale::Tag;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{IntoParams, IntoResponses};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{InRace, Key, Pass};
use crate::ids::RaceId;
use crate::keys::content_of_act;
use crate::problem::ApiError;

/// The answer to a command.
pub(super) type Answer = Result<Json<Commanded>, ApiError>;

/// The guest who sends a command, the race it goes to, and its key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sender {
    pub(super) client: Client,
    pub(super) race: RaceId,
    pub(super) key: NonZeroU64,
}

/// The sender of a command that needs a pass, with the pass if the request has one.
#[derive(Clone, Debug)]
pub(crate) struct Insider {
    pub(super) sender: Sender,
    pub(super) pass: Option<String>,
}

impl Sender {
    pub(super) async fn act(self, app: &App, act: Act) -> Answer {
        self.send(app, act, None).await
    }

    async fn send(self, app: &App, act: Act, pass: Option<String>) -> Answer {
        let Self { client, race, key } = self;
        let tag = Tag { key, content: content_of_act(act) };
        app.gateway.act(client, race, act, tag, pass).await.map(Json)
    }
}

impl Insider {
    pub(super) async fn act(self, app: &App, act: Act) -> Answer {
        self.sender.send(app, act, self.pass).await
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Sender {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let client = Client::from_request_parts(parts, state).await?;
        let InRace(race) = InRace::from_request_parts(parts, state).await?;
        let Key(key) = Key::from_request_parts(parts, state).await?;
        Ok(Self { client, race, key })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Insider {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let sender = Sender::from_request_parts(parts, state).await?;
        let Pass(pass) = Pass::from_request_parts(parts, state).await?;
        Ok(Self { sender, pass })
    }
}

impl IntoParams for Sender {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            parameter("id", ParameterIn::Path, "A race of this guest"),
            parameter(
                "Idempotency-Key",
                ParameterIn::Header,
                "New with each command, the same with a retry",
            ),
        ]
    }
}

impl IntoParams for Insider {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut all = Sender::into_params(place);
        all.push(parameter("Pass", ParameterIn::Header, "`you.pass` of the current state"));
        all
    }
}

fn parameter(name: &str, place: ParameterIn, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(Required::True)
        .description(Some(description))
        .schema(Some(Object::with_type(Type::String)))
        .build()
}

/// For the description: the outcome with the race, or one of the problems a command can meet.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CommandAnswer {}

impl IntoResponses for CommandAnswer {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let answer = |schema: &str| {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
            RefOr::T(ResponseBuilder::new().content("application/json", content).build())
        };
        let problems = ["400", "403", "404", "409", "422"];
        let problem = |status: &str| (status.to_owned(), answer("Problem"));
        let mut all: BTreeMap<_, _> = problems.into_iter().map(problem).collect();
        all.insert("200".to_owned(), answer("Commanded"));
        all
    }
}
