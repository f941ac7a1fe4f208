//! The page of a room, with what chat apps show where its link is pasted: a title, a line and a picture.
//!
//! It never has the name of a person in it: whoever pastes a link shows it to people who are not in the room.

use std::fmt::Write as _;

use axum::Router;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, HOST};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use protocol::{Room, RoomKind};

use super::app::App;
use super::connections::Peer;
use super::extract::Guest;
use super::web::{ASK_AGAIN_YOURSELF, Page, page};
use crate::language::Language;
use crate::problem::ApiError;

/// The picture, 1200 by 630 pixels: the size that most apps show whole.
static PICTURE: &[u8] = include_bytes!("../../assets/room.png");
const PICTURE_PATH: &str = "/pictures/room.png";
/// A day: the picture has no hash in its name.
const A_DAY: &str = "public, max-age=86400";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/room/{code}", get(room_page))
        .route("/room/{code}/watch", get(room_page))
        .route(PICTURE_PATH, get(picture))
}

async fn picture() -> Response {
    ([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, A_DAY)], PICTURE).into_response()
}

async fn room_page(
    State(app): State<App>,
    Guest(guest): Guest,
    ConnectInfo(Peer(peer)): ConnectInfo<Peer>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Some(page) = page() else { return Ok(super::web::not_built()) };
    // A room that cannot be looked up has a page too, which says why.
    let room = match code.parse() {
        Ok(code) => app.rooms.ask(move |town, now| town.show(now, code, guest)).await.ok(),
        Err(_) => None,
    };
    let accept = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = Language::of(accept.unwrap_or_default());
    let is_secure = app.front.origin(peer.ip(), &headers).is_secure;
    let picture = absolute(&headers, is_secure);
    let page = match room {
        Some(room) => unfold(&page, &words(&room, language), &picture),
        None => page,
    };
    let mut response = ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
    let caching = HeaderValue::from_static(ASK_AGAIN_YOURSELF);
    response.headers_mut().insert(CACHE_CONTROL, caching);
    response.extensions_mut().insert(Page);
    Ok(response)
}

/// The title and the line of a room.
struct Said {
    title: String,
    line: &'static str,
}

fn words(room: &Room, language: Language) -> Said {
    let (title, kind) = (&room.title, room.kind);
    match (language, kind) {
        (Language::Korean, RoomKind::Room) => Said {
            title: format!("팅팅 · 같이 하기: {}", title.ko),
            line: "링크를 열면 바로 들어와요. 가입도 결제도 없어요.",
        },
        (Language::Korean, RoomKind::Open) => Said {
            title: format!("팅팅 · 공개 연습: {}", title.ko),
            line: "누구나 들어와서 함께 겨루는 티켓팅 연습이에요.",
        },
        (Language::English, RoomKind::Room) => Said {
            title: format!("TingTing · Together: {}", title.en),
            line: "Open the link and you are in. No account, no payment.",
        },
        (Language::English, RoomKind::Open) => Said {
            title: format!("TingTing · Open race: {}", title.en),
            line: "A ticketing rehearsal that everybody may enter.",
        },
    }
}

/// The page with another title, and with what chat apps look for.
fn unfold(page: &str, said: &Said, picture: &str) -> String {
    let (title, line, picture) = (escaped(&said.title), escaped(said.line), escaped(picture));
    let mut head = format!("<title>{title}</title>\n");
    for (property, content) in [
        ("og:type", "website"),
        ("og:site_name", "팅팅 TingTing"),
        ("og:title", &title),
        ("og:description", &line),
        ("og:image", &picture),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
    ] {
        // Writing into a text cannot fail.
        let _written = writeln!(head, "    <meta property=\"{property}\" content=\"{content}\" />");
    }
    let before = page.split_once("<title>");
    let parts = before.and_then(|(before, rest)| Some((before, rest.split_once("</title>")?.1)));
    // A page without a title is not ours to change.
    let Some((before, after)) = parts else { return page.to_owned() };
    format!("{before}{}{after}", head.trim_end())
}

/// The address of the picture with scheme and host, which many apps need. The host is the one that the request names; the
/// guard has refused every host that is not served. Without one that can be read, the address has a path alone.
fn absolute(headers: &HeaderMap, is_secure: bool) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    let host = host.filter(|host| !host.as_str().contains('@'));
    let scheme = if is_secure { "https" } else { "http" };
    host.map_or_else(|| PICTURE_PATH.to_owned(), |host| format!("{scheme}://{host}{PICTURE_PATH}"))
}

/// A text as it may stand in HTML, inside quotation marks too.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests;
