//! Tests of the generator and of what it generates, one file for each topic.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // A test fails by panicking.

mod argument_formats;
mod auth;
mod compositions;
mod confluent;
mod connection;
mod connections;
mod conversion;
mod corpus;
mod determinism;
mod discovery;
mod doc_comments;
mod enclosing;
mod errors;
mod fake;
mod fixtures;
mod floats;
mod frameworks;
mod layers;
mod names;
mod openapi;
mod openapi_bodies;
mod openapi_collection;
mod ownership;
mod packaging;
mod path_arguments;
mod public_api;
mod public_document;
mod public_openapi;
mod refused;
mod regenerate;
mod reliability;
mod round_trips;
mod scopes;
mod servers;
mod sizes;
mod snapshots;
mod standalone;
mod support;
mod terminal;
mod traits;
mod unions;
mod wire;
mod words;
mod writes;
