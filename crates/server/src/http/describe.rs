//! Completes the description of the API with what holds for every request: the problems that each can meet, the media
//! type of problems, and the bounds of numbers, texts and lists.
//!
//! Handlers describe only what is special about them. A bound is written here from the constant that the handler checks.

use catalogue::limits::{
    CURSOR_CHARS_MAX, DAY_MAX, DESCRIPTION_CHARS_MAX, GRADES_MAX, NAME_CHARS_MAX, PERFORMANCES_MAX,
    PERFORMERS_MAX, PRICE_WON_MAX, RIVALS_MAX, SEARCH_CHARS_MAX, SEATS_PER_PERSON_MAX,
};
use practice::limits::{CHANCE_RUNS_MAX, MARKS_MAX};
use protocol::{COUNTDOWN_S_MAX, COUNTDOWN_S_MIN};
use sale::limits::{CAPTCHA_LETTERS_MAX, SEATS_PER_HOLD_MAX};
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use super::races::MARK_NAMES;
use crate::limits::{
    HANDOVER_PATH_MAX, KEY_BYTES_MAX, LIST_ROWS, LIST_ROWS_MAX, RIVALS_ASKED_MAX, SEED_MAX,
    WHAT_IF_MS_MAX,
};

/// Statuses that every request can meet.
const ALWAYS: [(&str, &str); 7] = [
    ("400", "The request names its host twice, or a key or the body is not in its form"),
    ("404", "There is nothing at this address for this guest"),
    ("405", "The address does not take this method"),
    ("421", "The request is for a host that is not served here"),
    ("429", "Too many requests; `Retry-After` says when to come again"),
    ("500", "The server has an error"),
    ("503", "The server is busy or stopping; `Retry-After` says when to come again"),
];

/// Statuses that only requests meet that change something.
const OF_CHANGES: [(&str, &str); 2] = [
    ("403", "A page of another site sent the request, or the guest may not do this"),
    ("409", "The state of the race does not allow this, or the page is of another version"),
];

/// Statuses that only requests with a body meet.
const OF_BODIES: [(&str, &str); 3] = [
    ("413", "The body is too large"),
    ("415", "The body is not `application/json`"),
    ("422", "The body has another form, or a value that is not allowed"),
];

/// The name of a scenario, plan, demand tier or style.
const NAME: &str = "^[a-z0-9-]+$";
const NAME_LENGTH_MAX: usize = 64;

/// The number of a concert, a performance, a performer or a venue.
const CATALOGUE_NUMBER: &str = "^[1-9][0-9]{0,18}$";

/// A day of a range; an empty one leaves that end open.
const DAY_OR_NOTHING: &str = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$";

/// The end of the last day that the catalogue keeps, in Unix milliseconds.
const MOMENT_MS_MAX: i64 = (DAY_MAX as i64 + 1) * 86_400_000 - 1;

/// Characters of a person's name as it is sent. Its normal form has at most 20.
const NAME_CHARS_SENT_MAX: usize = 100;

/// The complete description.
pub(super) fn complete(description: &OpenApi) -> OpenApi {
    let mut whole = serde_json::to_value(description).expect("a description becomes JSON");
    let paths = whole["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for (method, operation) in paths.filter_map(Value::as_object_mut).flatten() {
        add_problems(method, operation);
        bound_parameters(operation);
    }
    whole["components"]["responses"] = common_problems();
    bound_bodies(&mut whole["components"]["schemas"]);
    bound_concerts(&mut whole["components"]["schemas"]);
    name_choices(&mut whole["components"]["schemas"]["NewRace"]);
    name_choices(&mut whole["components"]["schemas"]["RoomSettings"]);
    close_starts(&mut whole["components"]["schemas"]["RoomStart"]);
    walk(&mut whole);
    serde_json::from_value(whole).expect("only known members were added")
}

/// The problems that many requests meet, by their status. Operations refer to them.
fn common_problems() -> Value {
    let all = ALWAYS.into_iter().chain(OF_CHANGES).chain(OF_BODIES);
    let described = all.map(|(status, words)| {
        let content = json!({"application/problem+json": problem_body()});
        (status.to_owned(), json!({"description": words, "content": content}))
    });
    Value::Object(described.collect())
}

fn problem_body() -> Value {
    json!({"schema": {"$ref": "#/components/schemas/Problem"}})
}

fn add_problems(method: &str, operation: &mut Value) {
    let (changes, has_body) = (method != "get", operation.get("requestBody").is_some());
    let common = ALWAYS
        .into_iter()
        .chain(OF_CHANGES.into_iter().filter(|_| changes))
        .chain(OF_BODIES.into_iter().filter(|_| has_body));
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (status, _) in common {
        // Whoever describes a problem with words of their own keeps them.
        match responses.get_mut(status) {
            Some(own) if own["description"].as_str().is_some_and(|words| !words.is_empty()) => {
                own["content"] = json!({"application/json": problem_body()});
            }
            _ => {
                let shared = format!("#/components/responses/{status}");
                responses.insert(status.to_owned(), json!({ "$ref": shared }));
            }
        }
    }
    for (status, response) in responses {
        let content = response.get_mut("content").and_then(Value::as_object_mut);
        let Some(content) = content else { continue };
        let is_problem = status.starts_with(['4', '5']);
        if let Some(body) = content.remove("application/json") {
            let media = if is_problem { "application/problem+json" } else { "application/json" };
            content.insert(media.to_owned(), body);
        }
    }
}

fn bound_parameters(operation: &mut Value) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let bounds = match name {
            "id" | "race" | "sale" => json!({"type": "string", "pattern": "^[0-9a-f]{16}$"}),
            "performer" if parameter["in"] == "query" => {
                json!({"type": "string", "maxLength": SEARCH_CHARS_MAX})
            }
            "concert" | "performance" | "performer" | "venue" => {
                json!({"type": "string", "pattern": CATALOGUE_NUMBER})
            }
            "list" => json!({"type": "string", "enum": ["on-sale", "soon"]}),
            "order" => json!({"type": "string", "enum": ["earliest", "latest"]}),
            "words" | "title" | "city" => json!({"type": "string", "maxLength": SEARCH_CHARS_MAX}),
            "from" | "to" => json!({"type": "string", "pattern": DAY_OR_NOTHING}),
            // Another version than the present one is told as well, only not for ever.
            "v" => json!({"type": "string", "pattern": "^"}),
            "after" => json!({"type": "string", "maxLength": CURSOR_CHARS_MAX}),
            "rows" => json!({"type": "integer", "format": "uint32", "minimum": 1,
                "maximum": LIST_ROWS_MAX, "default": LIST_ROWS}),
            "code" => json!({"type": "string", "pattern": "^[a-z2-7]{16}$"}),
            "number" => json!({"type": "integer", "format": "uint32", "minimum": 1,
                "maximum": u32::MAX}),
            "liked" | "watching" => json!({"type": "boolean"}),
            "address" => json!({"type": "string", "pattern": "^1-[0-9a-f]{32}$"}),
            "file" => json!({"type": "string", "pattern": r"^(0|[1-9][0-9]{0,4})\.(png|wav)$"}),
            "Idempotency-Key" => json!({"type": "string", "pattern": "^[!-~]+$", "minLength": 1,
                "maxLength": KEY_BYTES_MAX}),
            "Pass" => json!({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
            "refund_won" => json!({"type": "integer", "format": "uint64", "minimum": 0,
                "maximum": (1_u64 << 53) - 1}),
            "member" => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
            "press_ms" | "page_ms" | "captcha_ms" | "first_seat_ms" | "held_ms" | "pay_ms" => {
                json!({"type": "number", "minimum": 0, "maximum": WHAT_IF_MS_MAX})
            }
            "crowds" => json!({"type": "integer", "format": "uint32", "minimum": 1,
                "maximum": CHANCE_RUNS_MAX}),
            unknown => unreachable!("the parameter {unknown} has no bounds"),
        };
        parameter["schema"] = bounds;
    }
}

/// Adds the bounds of values in the bodies of requests.
fn bound_bodies(schemas: &mut Value) {
    let name = json!({"pattern": NAME, "maxLength": NAME_LENGTH_MAX});
    // The characters that a name may not have are too many for a pattern.
    let person = json!({"pattern": r"^[^\u0000-\u001F\u007F-\u009F]+$", "minLength": 1,
        "maxLength": NAME_CHARS_SENT_MAX});
    let path =
        json!({"pattern": r"^/([!-.0-\[\]-~][!-\[\]-~]*)?$", "maxLength": HANDOVER_PATH_MAX});
    let seats = json!({"minItems": 1, "maxItems": SEATS_PER_HOLD_MAX, "uniqueItems": true});
    let space = r"[ \t\n\f\r]*";
    let letters = format!("^{space}[A-Za-z]{{1,{CAPTCHA_LETTERS_MAX}}}{space}$");
    let time = json!({"minimum": -f64::MAX, "maximum": f64::MAX});
    for (schema, property, bounds) in [
        ("NewRace", "scenario", &name),
        ("NewRace", "plan", &name),
        ("NewRace", "demand", &name),
        ("NewRace", "style", &name),
        ("NewRace", "rivals", &json!({"maximum": RIVALS_ASKED_MAX})),
        ("NewRace", "seed", &json!({"maximum": SEED_MAX})),
        ("NewExercise", "style", &name),
        ("RoomSettings", "scenario", &name),
        ("RoomSettings", "plan", &name),
        ("RoomSettings", "demand", &name),
        ("RoomSettings", "style", &name),
        ("RoomSettings", "rivals", &json!({"maximum": RIVALS_ASKED_MAX})),
        (
            "RoomSettings",
            "countdown_s",
            &json!({"minimum": COUNTDOWN_S_MIN, "maximum": COUNTDOWN_S_MAX}),
        ),
        ("NewRoom", "name", &person),
        ("RoomName", "name", &person),
        ("HandoverOffer", "to", &path),
        ("HandoverClaim", "code", &json!({"pattern": "^[0-9]{8}$"})),
        ("CaptchaAnswer", "letters", &json!({"pattern": letters})),
        ("SeatChoice", "seats", &seats),
        ("PriceChoice", "seats", &seats),
        ("Marks", "marks", &json!({"maxItems": MARKS_MAX})),
        ("Mark", "name", &json!({"enum": MARK_NAMES})),
        ("Mark", "at_ms", &time),
        ("Mark", "error_ms", &time),
    ] {
        bound(schemas, schema, property, bounds);
    }
}

/// Adds the bounds of values in the bodies of requests that make concerts.
fn bound_concerts(schemas: &mut Value) {
    let name = json!({"pattern": NAME, "maxLength": NAME_LENGTH_MAX});
    let named = json!({"minLength": 1, "maxLength": NAME_CHARS_MAX});
    let number = json!({"pattern": CATALOGUE_NUMBER});
    let performers = json!({"maxItems": PERFORMERS_MAX, "uniqueItems": true,
        "items": {"type": "string", "pattern": CATALOGUE_NUMBER}});
    let moment = json!({"minimum": 0, "maximum": MOMENT_MS_MAX});
    for (schema, property, bounds) in [
        ("NewVenue", "name", &named),
        ("NewVenue", "city", &named),
        ("NewVenue", "zone", &named),
        ("NewVenue", "plan", &name),
        ("NewPerformer", "name", &named),
        ("NewConcert", "title", &named),
        ("NewConcert", "description", &json!({"maxLength": DESCRIPTION_CHARS_MAX})),
        ("NewConcert", "venue", &number),
        ("NewConcert", "performers", &performers),
        ("NewConcert", "grades", &json!({"minItems": 1, "maxItems": GRADES_MAX})),
        ("NewConcert", "performances", &json!({"minItems": 1, "maxItems": PERFORMANCES_MAX})),
        ("NewPerformance", "starts_at_ms", &moment),
        ("NewPerformance", "opens_at_ms", &moment),
        ("NewPerformance", "closes_at_ms", &moment),
        ("NewPerformance", "style", &name),
        ("NewPerformance", "rivals", &json!({"maximum": RIVALS_MAX})),
        (
            "NewPerformance",
            "seats_per_person",
            &json!({"minimum": 1, "maximum": SEATS_PER_PERSON_MAX}),
        ),
        ("ConcertGrade", "name", &named),
        ("ConcertGrade", "price_won", &json!({"maximum": PRICE_WON_MAX})),
    ] {
        bound(schemas, schema, property, bounds);
    }
}

fn bound(schemas: &mut Value, schema: &str, property: &str, bounds: &Value) {
    let about = schemas[schema]["properties"][property].as_object_mut();
    let about = about.expect("the schema has this property");
    about.extend(bounds.as_object().cloned().unwrap_or_default());
}

/// Says that the ways to start a room's race have no other members.
fn close_starts(room_start: &mut Value) {
    for way in room_start["oneOf"].as_array_mut().into_iter().flatten() {
        way["additionalProperties"] = json!(false);
    }
}

/// Describes which names a new race needs: those of a scenario, or those of a plan, a demand tier and a style.
fn name_choices(new_race: &mut Value) {
    let (text, none) = (json!({"type": "string"}), json!({"type": "null"}));
    let of_scenario = json!({"type": "object", "required": ["scenario"],
        "properties": {"scenario": text, "plan": none, "demand": none}});
    let of_parts = json!({"type": "object", "required": ["plan", "demand", "style"],
        "properties": {"scenario": none, "plan": text, "demand": text, "style": text}});
    let members = new_race.take();
    *new_race = json!({"allOf": [members, {"oneOf": [of_scenario, of_parts]}]});
}

/// Gives every whole number the bounds of its type, and describes bytes as bytes: the library calls those of any media
/// type but JSON a list of numbers.
fn walk(value: &mut Value) {
    match value {
        Value::Object(members) => {
            bound_integer(members);
            for (media, content) in members.iter_mut() {
                let is_media = media.contains('/') && media != "application/json";
                if is_media && content["schema"]["type"] == "array" {
                    content["schema"] = json!({"type": "string", "contentMediaType": media});
                }
                walk(content);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(walk),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn bound_integer(schema: &mut Map<String, Value>) {
    // The library writes the names of these formats in another way than the registry of formats.
    let (format, max) = match schema.get("format").and_then(Value::as_str) {
        Some("u-int8") => ("uint8", u64::from(u8::MAX)),
        Some("u-int16") => ("uint16", u64::from(u16::MAX)),
        Some("u-int32") => ("uint32", u64::from(u32::MAX)),
        // A reader of JSON in a browser keeps no larger number exactly.
        Some("u-int64") => ("uint64", SEED_MAX),
        Some(_) | None => return,
    };
    schema.insert("format".to_owned(), json!(format));
    schema.entry("minimum").or_insert(json!(0));
    schema.entry("maximum").or_insert(json!(max));
}

#[cfg(test)]
mod tests;
