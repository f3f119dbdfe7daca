//! The contract: OpenAPI 3.1, generated from the routes, plus what HTTP adds to every one of them.

use crate::http::{Problem, operations};
use crate::resources;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{Components, ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, Response, ResponseBuilder, Server};
use utoipa::{PartialSchema, ToSchema};

const ABOUT: &str = "Everything Hilo's faces can do, for programs.\n\n\
    Send `Authorization: Bearer hilo_..`; each operation names the permission its key needs. \
    Refusals are problem JSON (RFC 9457): decide by `code`, which never changes. \
    Lists answer `items` and `next_cursor`. Every POST takes an `Idempotency-Key`: repeated within a day, it is answered as the first time. \
    Times are RFC 3339 in UTC; money is whole minor units with a currency.";

/// The contract as JSON to be read by people too, ending in a line feed: `crates/api/openapi.json`.
pub fn openapi() -> String {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let value = serde_json::to_value(contract()).expect("the contract is plain data");
        let mut text = String::new();
        lay_out(&value, 0, &mut text);
        text.push('\n');
        text
    });
    TEXT.clone()
}

/// What fits on a line stays on one, so that a change is seen in its place.
fn lay_out(value: &Value, depth: usize, out: &mut String) {
    let line = value.to_string();
    let items: Vec<(Option<&String>, &Value)> = match value {
        _ if line.len() + depth <= LINE => Vec::new(),
        Value::Object(map) => map.iter().map(|(name, value)| (Some(name), value)).collect(),
        Value::Array(list) => list.iter().map(|value| (None, value)).collect(),
        _ => Vec::new(),
    };
    if items.is_empty() {
        return out.push_str(&line);
    }
    let (open, close) = if value.is_object() { ('{', '}') } else { ('[', ']') };
    out.push(open);
    for (at, (name, item)) in items.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.extend(std::iter::repeat_n(' ', depth + 2));
        if let Some(name) = name {
            out.push_str(&format!("{}: ", Value::from(name.as_str())));
        }
        lay_out(item, depth + 2, out);
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', depth));
    out.push(close);
}

const LINE: usize = 140;

fn contract() -> OpenApi {
    let (_, routes) = resources::routes().split_for_parts();
    let mut contract = OpenApiBuilder::from(routes)
        .info(InfoBuilder::new().title("Hilo").version("1").description(Some(ABOUT)).license(None).build())
        .servers(Some([Server::new("/")]))
        .security(Some([SecurityRequirement::new::<_, [&str; 0], &str>("key", [])]))
        .build();
    for (path, item) in &mut contract.paths.paths {
        let in_path = path.contains('{');
        let mut get = item.get.take();
        for operation in operations(item) {
            refusals(operation, in_path, true);
        }
        if let Some(get) = &mut get {
            refusals(get, in_path, false);
            let held =
                header("If-None-Match", "The entity tag of what you have; 304 when it is still that.", "^[!-~ ]{1,255}$", Some("\"7\""));
            get.parameters.get_or_insert_default().push(held.into());
            get.responses.responses.insert("304".into(), ResponseBuilder::new().description("You have it already.").build().into());
        }
        if let Some(post) = &mut item.post {
            let words = "Your name for this intent: repeating the request answers as the first time.";
            post.parameters.get_or_insert_default().push(header("Idempotency-Key", words, "^[!-~]{1,255}$", None).into());
        }
        item.get = get;
        operations(item).for_each(|operation| described(&mut operation.responses.responses));
    }
    shared(contract.components.get_or_insert_default());
    contract
}

/// A response must say something (OpenAPI 3.1, section 4.8.17).
fn described(responses: &mut BTreeMap<String, RefOr<Response>>) {
    for (code, response) in responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            response.description = match code.as_str() {
                "200" => "Here it is.",
                "201" => "It was made.",
                _ => "It is done.",
            }
            .to_owned();
        }
    }
}

/// Every refusal that the shell may give. What only one resource refuses with is written at its handler.
fn refusals(operation: &mut Operation, in_path: bool, changes: bool) {
    let mut codes = vec!["401", "403", "422", "429", "500", "503"];
    if in_path || operation.request_body.is_some() {
        codes.push("404");
    }
    if changes {
        codes.push("409");
    }
    if operation.request_body.is_some() {
        codes.extend(["413", "415"]);
    }
    for code in codes {
        operation.responses.responses.entry(code.into()).or_insert_with(|| Ref::from_response_name(code).into());
    }
}

fn shared(components: &mut Components) {
    let words = [
        ("401", "No valid key was sent."),
        ("403", "The key lacks a permission."),
        ("404", "There is no such thing, or none that this key may see."),
        ("409", "The state of things forbids it now."),
        ("412", "It was changed since the version of `If-Match`."),
        ("413", "The body is too large."),
        ("415", "The body is not of the expected type."),
        ("422", "Something sent is not acceptable as it stands."),
        ("429", "Too often; `Retry-After` says when to come back."),
        ("500", "Something went wrong on our side."),
        ("503", "Not now; `Retry-After` says when to come back."),
    ];
    components.schemas.insert("Problem".into(), Problem::schema());
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    components.responses.extend(words.map(|(code, text)| (code.to_owned(), RefOr::T(problem(text)))));
    let key = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("hilo_..").description(Some("An API key.")).build();
    components.security_schemes.insert("key".into(), RefOr::T(SecurityScheme::Http(key)));
}

fn problem(text: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(text).content("application/problem+json", content).build()
}

fn header(name: &str, words: &str, pattern: &str, example: Option<&str>) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern));
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(words))
        .schema(Some(text.examples(example.map(Value::from))))
        .build()
}
