//! Which documents are compared.

/// What a client is called, its document, and which of its operations it has.
pub type Document<'a> = (&'a str, &'a str, &'a [&'a str]);

/// Every operation.
pub const ALL: &[&str] = &["**"];

/// Our own documents, relative to the workspace.
pub const OWN: &[Document] = &[
    ("archive", "tests/corpus/openapi/archive.v1.yaml", ALL),
    ("workshop", "tests/corpus/openapi/workshop.v2.yaml", ALL),
    ("bodies", "tests/fixtures/accepted/openapi_bodies.yaml", ALL),
    ("unions", "tests/fixtures/accepted/openapi_unions.yaml", ALL),
    ("old", "tests/fixtures/accepted/swagger.yaml", ALL),
    ("newer", "tests/fixtures/accepted/openapi_3_1.yaml", ALL),
    ("styles", "tests/fixtures/accepted/openapi_styles.yaml", ALL),
    (
        "refinements",
        "tests/fixtures/accepted/openapi_refinements.yaml",
        ALL,
    ),
    (
        "uploads",
        "tests/fixtures/accepted/openapi_uploads.yaml",
        ALL,
    ),
];

/// The public documents, relative to their folder.
pub const PUBLIC: &[Document] = &[
    ("parameters", "oapicodegen-parameters.yaml", ALL),
    ("content_types", "oapicodegen-content-types.yaml", ALL),
    ("petstore", "swagger-petstore.yaml", ALL),
    ("museum", "redocly-museum.yaml", ALL),
    ("buildomat", "progenitor-buildomat.json", ALL),
    ("stackit", "stackit-authorization.json", ALL),
    ("jumpcloud", "jumpcloud-v1.yaml", ALL),
    ("portainer", "portainer.yaml", ALL),
    ("notion", "notion.json", ALL),
    ("twilio_verify", "twilio-verify-v2.json", ALL),
    ("resend", "resend.yaml", ALL),
    ("spotify", "spotify.yml", ALL),
    ("meilisearch", "meilisearch.json", ALL),
    ("okta_oauth", "okta-oauth.yaml", ALL),
    ("kubernetes", "kubernetes-core-v1.json", &["*ConfigMap"]),
    (
        "openai",
        "openai.yaml",
        &["addUploadPart", "createFile", "createTranscription"],
    ),
];
