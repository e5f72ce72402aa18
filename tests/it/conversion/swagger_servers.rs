//! Where an API of Swagger 2.0 is, and who may call it.

use serde_json::{Value, json};

use super::assert_same;
use super::swagger::{done, id, merge, openapi, swagger};

#[test]
fn security_definitions_become_security_schemes() {
    let urls =
        json!({ "authorizationUrl": "https://x.example/a", "tokenUrl": "https://x.example/t" });
    let flow = |keys: &[&str]| {
        let mut flow = json!({ "scopes": { "read": "Reads." } });
        keys.iter().for_each(|key| flow[*key] = urls[*key].clone());
        flow
    };
    let oauth2 = |name: &str, keys: &[&str]| {
        let mut scheme = json!({ "type": "oauth2", "flow": name });
        merge(&mut scheme, flow(keys));
        scheme
    };
    let both = ["authorizationUrl", "tokenUrl"];
    let rows = [
        (
            json!({ "type": "basic" }),
            json!({ "type": "http", "scheme": "basic" }),
        ),
        (
            oauth2("accessCode", &both),
            json!({ "type": "oauth2", "flows": { "authorizationCode": flow(&both) } }),
        ),
        (
            oauth2("application", &both[1..]),
            json!({ "type": "oauth2", "flows": { "clientCredentials": flow(&both[1..]) } }),
        ),
        (
            oauth2("implicit", &both[..1]),
            json!({ "type": "oauth2", "flows": { "implicit": flow(&both[..1]) } }),
        ),
        (
            oauth2("password", &both[1..]),
            json!({ "type": "oauth2", "flows": { "password": flow(&both[1..]) } }),
        ),
    ];
    for (from, to) in rows {
        let security = json!([{ "s": [] }]);
        let from = json!({ "securityDefinitions": { "s": from }, "security": security });
        let to = json!({ "components": { "securitySchemes": { "s": to } }, "security": security });
        let operation = |of: Value| json!({ "operationId": "post", "parameters": [id(of)], "responses": done() });
        assert_same(
            &swagger(operation(json!({ "type": "string" })), from),
            &openapi(operation(json!({ "schema": { "type": "string" } })), to),
        );
    }
}

#[test]
fn servers_are_schemes_hosts_and_paths() {
    let rows = [
        (
            json!({ "schemes": null }),
            json!([{ "url": "https://x.example/v1" }]),
        ),
        (
            json!({ "schemes": ["http"] }),
            json!([{ "url": "http://x.example/v1" }]),
        ),
        (
            json!({ "host": "https://x.example/" }),
            json!([{ "url": "https://x.example/v1" }]),
        ),
        (
            json!({ "host": "http://x.example", "schemes": null }),
            json!([{ "url": "http://x.example/v1" }]),
        ),
        (json!({ "host": null }), json!([{ "url": "/v1" }])),
        (json!({ "host": null, "basePath": null }), json!([])),
        (
            json!({ "basePath": "/" }),
            json!([{ "url": "https://x.example" }]),
        ),
    ];
    for (from, servers) in rows {
        let operation = |of: Value| json!({ "operationId": "post", "parameters": [id(of)], "responses": done() });
        assert_same(
            &swagger(operation(json!({ "type": "string" })), from),
            &openapi(
                operation(json!({ "schema": { "type": "string" } })),
                json!({ "servers": servers }),
            ),
        );
    }
}
