//! Tests: What the description says of every operation.

use super::*;

fn described() -> Value {
    serde_json::from_str(&crate::openapi()).unwrap()
}

#[test]
fn a37_every_operation_describes_the_problems_that_it_can_meet() {
    let whole = described();
    let paths = whole["paths"].as_object().unwrap();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().unwrap() {
            let has = |status: &str| {
                let response = &operation["responses"][status];
                let shared = response["$ref"].as_str().map(|path| &path["#".len()..]);
                let response = shared.map_or(response, |path| whole.pointer(path).unwrap());
                let content = &response["content"];
                assert!(
                    content["application/problem+json"].is_object(),
                    "{method} {path} {status}"
                );
            };
            ["400", "404", "405", "421", "429", "500", "503"].into_iter().for_each(has);
            if operation.get("requestBody").is_some() {
                ["413", "415", "422"].into_iter().for_each(has);
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                let is_json = response["content"].get("application/json").is_some();
                assert!(!is_json || status.starts_with('2'), "{method} {path} {status}");
            }
        }
    }
}

/// Checks that every number and every text and list that a client sends has bounds.
fn check(place: &str, schema: &Value, schemas: &Value) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return check(name, &schemas[name], schemas);
    }
    if let Some(members) = schema["allOf"].get(0) {
        return check(place, members, schemas);
    }
    let is = |kind: &str| schema["type"] == kind || schema["type"][0] == kind;
    let has = |bound: &str| schema.get(bound).is_some();
    if is("integer") || is("number") {
        assert!(has("minimum") && has("maximum"), "{place}");
    }
    if is("string") {
        assert!(has("pattern") || has("enum") || has("maxLength"), "{place}");
    }
    if is("array") {
        assert!(has("maxItems"), "{place}");
        check(place, &schema["items"], schemas);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        check(&format!("{place}.{name}"), property, schemas);
    }
}

#[test]
fn a37_everything_that_a_client_sends_has_bounds() {
    let whole = described();
    for operation in whole["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
    {
        let id = operation["operationId"].as_str().unwrap();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            check(id, &parameter["schema"], &whole["components"]["schemas"]);
        }
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        check(id, body, &whole["components"]["schemas"]);
    }
}

#[test]
fn a37_a_list_is_described_as_a_list_and_bytes_as_bytes() {
    let whole = described();
    let answer = |path: &str, media: &str| {
        whole["paths"][path]["get"]["responses"]["200"]["content"][media]["schema"].clone()
    };
    let cities = answer("/api/cities", "application/json");
    assert_eq!((&cities["type"], &cities["items"]["type"]), (&json!("array"), &json!("string")));
    assert_eq!(answer("/api/banners", "application/json")["type"], "array");
    let picture = answer("/api/races/{id}/captcha/{file}", "image/png");
    assert_eq!(picture["contentMediaType"], "image/png");
}
